import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { changeLabels } from '../database/operations/labels';
import { InvalidInputError } from '../validation';
import type { Label, Labeled, LabelService } from './types';

export class DefaultLabelService implements LabelService {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async set(labeled: Labeled, { key, value }: Label): Promise<void> {
    await this.#change(labeled, labels => {
      labels.set(key, value);
    });
  }

  async unset(labeled: Labeled, key: string): Promise<string> {
    let old = '';
    await this.#change(labeled, labels => {
      const value = labels.get(key);
      if (value === undefined) {
        throw InvalidInputError.message(
          `Label '${key}' is not set on the object.`,
        );
      }
      old = value;
      labels.delete(key);
    });
    return old;
  }

  async #change(
    labeled: Labeled,
    change: (labels: Map<string, string>) => void,
  ): Promise<void> {
    const found = await this.#knex.transaction(trx =>
      changeLabels(trx, labeled, change),
    );
    if (!found) throw new NotFoundError('Not found.');
  }
}

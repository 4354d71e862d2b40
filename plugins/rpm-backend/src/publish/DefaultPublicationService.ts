import { NotFoundError } from '@backstage/errors';
import type {
  ListQuery,
  PublicationInput,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import * as operations from '../database/operations/publications';
import type { RowPage } from '../database/pages';
import { prnOf } from '../identifiers';
import { actorOf } from '../identity/actor';
import type { TaskQueue } from '../tasks';
import { effectiveOptions } from './publicationOptions';
import { PUBLISH_TASK, type PublishTaskInput } from './publishTask';
import { resolvePublished } from './resolvePublished';
import type {
  CallOptions,
  ListOptions,
  PublicationRecord,
  PublicationService,
} from './types';

export class DefaultPublicationService implements PublicationService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;

  constructor(options: { knex: Knex; tasks: TaskQueue }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
  }

  async list(
    filters: ListQuery,
    options: Partial<ListOptions> = {},
  ): Promise<RowPage<PublicationRecord>> {
    const { visible = 'all' } = options;
    return operations.listPublications(this.#knex, filters, visible);
  }

  async get(uuid: string): Promise<PublicationRecord> {
    const publication = await operations.readPublication(this.#knex, uuid);
    if (!publication?.complete) {
      throw new NotFoundError('No RpmPublication matches the given query.');
    }
    return publication;
  }

  async create(input: PublicationInput, options: CallOptions): Promise<string> {
    const { repository, version } = await resolvePublished(this.#knex, input);
    const task: PublishTaskInput = {
      ...effectiveOptions(input, repository),
      versionId: version.id,
      checkpoint: input.checkpoint ?? false,
    };
    return this.#tasks.dispatch({
      name: PUBLISH_TASK,
      input: task,
      reservations: { shared: [prnOf('repository', repository.uuid)] },
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }

  async delete(uuid: string): Promise<void> {
    const { id } = await this.get(uuid);
    await operations.deletePublication(this.#knex, id);
  }
}

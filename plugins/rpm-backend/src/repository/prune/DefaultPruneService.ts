import type { Knex } from 'knex';
import {
  listAllRepositories,
  readRepository,
} from '../../database/operations/repositories';
import { parseReference } from '../../identifiers';
import { actorOf } from '../../identity/actor';
import type { TaskQueue } from '../../tasks';
import { InvalidInputError } from '../../validation';
import type { CallOptions, RepositoryRecord } from '../types';
import { pruneTask } from './pruneTask';
import type { PruneInput, PruneService } from './types';

/** What is told of a repository that is not there, and of one that the caller may not see. */
export function repositoryNotFound(reference: string): string {
  return `URI ${reference} not found for rpmrepository.`;
}

export class DefaultPruneService implements PruneService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;

  constructor(options: { knex: Knex; tasks: TaskQueue }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
  }

  async prune(input: PruneInput, options: CallOptions): Promise<string> {
    const repositories =
      input.repositories === '*'
        ? await listAllRepositories(this.#knex)
        : await this.#resolve(input.repositories);
    const createdBy = actorOf(options.credentials);
    return this.#tasks.dispatchGroup(
      {
        description: 'Prune old Packages.',
        progress: { code: 'rpm.package.prune', message: 'Pruned repositories' },
        createdBy,
      },
      repositories.map((repository, index) => ({
        ...pruneTask(repository, index, input),
        createdBy,
        loggingCid: options.correlationId,
      })),
    );
  }

  async #resolve(
    references: readonly string[],
  ): Promise<Pick<RepositoryRecord, 'id' | 'uuid'>[]> {
    const found = new Map<number, Pick<RepositoryRecord, 'id' | 'uuid'>>();
    for (const reference of references) {
      const parsed = parseReference(reference);
      if (parsed?.kind !== 'repository') {
        throw InvalidInputError.field(
          'repo_hrefs',
          `URI not valid: ${reference}.`,
        );
      }
      const repository = await readRepository(this.#knex, parsed.uuid);
      if (!repository) {
        throw InvalidInputError.field(
          'repo_hrefs',
          repositoryNotFound(reference),
        );
      }
      found.set(repository.id, repository);
    }
    return [...found.values()];
  }
}

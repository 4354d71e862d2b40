import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { SyncInput } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { readRemoteById } from '../database/operations/remotes';
import { actorOf } from '../identity/actor';
import { getRepository, resolveRemote } from '../repository';
import type { TaskQueue } from '../tasks';
import { InvalidInputError } from '../validation';
import { toSyncOptions } from './syncRules';
import { syncTask } from './tasks/synchronize';
import type { SyncService } from './types';

export class DefaultSyncService implements SyncService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;

  constructor(options: { knex: Knex; tasks: TaskQueue }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
  }

  async sync(
    repositoryUuid: string,
    input: SyncInput,
    options: { credentials: BackstageCredentials; correlationId?: string },
  ): Promise<string> {
    const repository = await getRepository(this.#knex, repositoryUuid);
    const remoteId =
      (await resolveRemote(this.#knex, input.remote)) ?? repository.remoteId;
    const remote =
      remoteId === undefined
        ? undefined
        : await readRemoteById(this.#knex, remoteId);
    if (!remote) {
      throw InvalidInputError.field(
        'remote',
        'This field is required since a remote is not set on the repository.',
      );
    }
    return this.#tasks.dispatch({
      ...syncTask(repository, remote, toSyncOptions(input, repository)),
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }
}

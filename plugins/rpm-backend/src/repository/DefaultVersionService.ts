import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import * as operations from '../database/operations/versions';
import type { RowPage } from '../database/pages';
import { prnOf } from '../identifiers';
import { actorOf } from '../identity/actor';
import type { TaskQueue } from '../tasks';
import { InvalidInputError } from '../validation';
import { getRepository, getVersion } from './references';
import { repairTask } from './repair';
import {
  DELETE_VERSION_TASK,
  VERSION_IS_DISTRIBUTED,
  type DeleteVersionInput,
} from './tasks/deleteVersion';
import type { CallOptions, ListOptions, VersionService } from './types';
import type { VersionRecord } from './versionTypes';

export class DefaultVersionService implements VersionService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;

  constructor(options: { knex: Knex; tasks: TaskQueue }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
  }

  async list(
    repositoryUuid: string | undefined,
    filters: ListQuery,
    options: Partial<ListOptions> = {},
  ): Promise<RowPage<VersionRecord>> {
    const { visible = 'all' } = options;
    const repository =
      repositoryUuid === undefined
        ? undefined
        : await getRepository(this.#knex, repositoryUuid);
    return operations.listVersions(
      this.#knex,
      repository?.id,
      filters,
      visible,
    );
  }

  async get(repositoryUuid: string, number: number): Promise<VersionRecord> {
    return getVersion(this.#knex, repositoryUuid, number);
  }

  async repair(
    repositoryUuid: string,
    number: number,
    options: CallOptions & { verifyChecksums: boolean },
  ): Promise<string> {
    const version = await this.get(repositoryUuid, number);
    return this.#tasks.dispatch({
      ...repairTask(version, options.verifyChecksums),
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }

  async delete(
    repositoryUuid: string,
    number: number,
    options: CallOptions,
  ): Promise<string> {
    await getRepository(this.#knex, repositoryUuid);
    const version = await this.get(repositoryUuid, number);
    const served = await operations.listProtectedVersions(
      this.#knex,
      version.repositoryId,
    );
    if (served.has(version.id)) {
      throw InvalidInputError.message(VERSION_IS_DISTRIBUTED);
    }
    const input: DeleteVersionInput = { versionId: version.id };
    return this.#tasks.dispatch({
      name: DELETE_VERSION_TASK,
      input,
      reservations: {
        exclusive: [
          prnOf('repository', repositoryUuid),
          prnOf('version', version.uuid),
        ],
      },
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }
}

import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import type {
  ListQuery,
  RepositoryInput,
  RepositoryPatch,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'util';
import { touchUnits } from '../database/operations/content-units';
import * as operations from '../database/operations/repositories';
import { readReservedVersions } from '../database/operations/versions';
import type { RowPage } from '../database/pages';
import { resolveFilters } from '../database/resolveFilters';
import { prnOf } from '../identifiers';
import { actorOf } from '../identity/actor';
import type { OwnedResources } from '../permissions/OwnedResources';
import type { TaskQueue } from '../tasks';
import { InvalidInputError } from '../validation';
import {
  getRepository,
  requireUnits,
  requireVersion,
  resolveRemote,
} from './references';
import { patchedInput, toRepositoryFields } from './repositoryFields';
import {
  DELETE_REPOSITORY,
  DELETE_TASK,
  type DeleteRepositoryInput,
} from './tasks/deleteRepository';
import { modifyTask } from './tasks/modifyRepository';
import {
  UPDATE_REPOSITORY,
  UPDATE_TASK,
  type UpdateRepositoryInput,
} from './tasks/updateRepository';
import type {
  CallOptions,
  ListOptions,
  ModifyInput,
  RepositoryRecord,
  RepositoryService,
  RepositoryUpdate,
} from './types';

const NAME_TAKEN = 'This field must be unique.';

export class DefaultRepositoryService implements RepositoryService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;
  readonly #resources: OwnedResources;

  constructor(options: {
    knex: Knex;
    tasks: TaskQueue;
    resources: OwnedResources;
  }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
    this.#resources = options.resources;
  }

  async list(
    filters: ListQuery,
    options: Partial<ListOptions> = {},
  ): Promise<RowPage<RepositoryRecord>> {
    const { visible = 'all' } = options;
    // To whom a repository belongs may follow from its catalog entity, which SQL does not know.
    const idsOwnedBy = async (owners: string | string[]) => ({
      name: 'internal_ids',
      value: await this.#resources.idsOwnedBy('repository', [owners].flat()),
    });
    const resolved = await resolveFilters(filters, {
      owner: idsOwnedBy,
      owner__in: idsOwnedBy,
    });
    return operations.listRepositories(this.#knex, resolved, visible);
  }

  async get(uuid: string): Promise<RepositoryRecord> {
    return getRepository(this.#knex, uuid);
  }

  async create(
    input: RepositoryInput,
    options: CallOptions,
  ): Promise<RepositoryRecord> {
    const remoteId = await resolveRemote(this.#knex, input.remote);
    const fields = toRepositoryFields(input, remoteId);
    try {
      const uuid = await this.#knex.transaction(trx =>
        operations.insertRepository(trx, fields, actorOf(options.credentials)),
      );
      return await this.get(uuid);
    } catch (error) {
      if (!isDatabaseConflictError(error)) throw error;
      throw InvalidInputError.field('name', NAME_TAKEN);
    }
  }

  async update(
    uuid: string,
    patch: RepositoryPatch,
    options: CallOptions & { replace: boolean; dryRun: boolean },
  ): Promise<RepositoryUpdate> {
    const repository = await this.get(uuid);
    const input = patchedInput(repository, patch, options);
    const remoteId = await resolveRemote(this.#knex, input.remote);
    const before = patchedInput(repository, {}, { replace: false });
    if (
      !options.dryRun &&
      isDeepStrictEqual(
        toRepositoryFields(input, remoteId),
        toRepositoryFields(before, repository.remoteId),
      )
    ) {
      return { repository, task: undefined };
    }
    if (input.name !== repository.name) {
      const other = await operations.readRepositoryByName(
        this.#knex,
        input.name,
      );
      if (other) throw InvalidInputError.field('name', NAME_TAKEN);
    }
    const task: UpdateRepositoryInput = {
      kind: UPDATE_REPOSITORY,
      repositoryId: repository.id,
      patch,
      replace: options.replace,
      dryRun: options.dryRun,
    };
    return {
      repository,
      task: await this.#dispatch(UPDATE_TASK, task, repository, options),
    };
  }

  async delete(uuid: string, options: CallOptions): Promise<string> {
    const repository = await this.get(uuid);
    const task: DeleteRepositoryInput = {
      kind: DELETE_REPOSITORY,
      repositoryId: repository.id,
    };
    const reserved = await readReservedVersions(this.#knex, repository.id);
    return this.#dispatch(DELETE_TASK, task, repository, {
      ...options,
      versions: reserved.map(({ versionUuid }) => versionUuid),
    });
  }

  async modify(
    uuid: string,
    input: ModifyInput,
    options: CallOptions,
  ): Promise<string> {
    const repository = await this.get(uuid);
    const base =
      input.baseVersion === undefined
        ? undefined
        : await requireVersion(this.#knex, 'base_version', input.baseVersion);
    const { overwrite, reason, dryRun } = input;
    const [add, remove] = await requireUnits(
      this.#knex,
      input.add,
      input.remove === '*' ? [] : input.remove,
    );
    // The task may have to wait, and they may be held by nobody.
    await touchUnits(this.#knex, add);
    const request = {
      add,
      remove: input.remove === '*' ? input.remove : remove,
      overwrite,
      reason,
      dryRun,
    };
    const spec = await modifyTask(
      this.#knex,
      repository,
      request,
      base,
      actorOf(options.credentials),
    );
    return this.#tasks.dispatch({
      ...spec,
      loggingCid: options.correlationId,
    });
  }

  #dispatch(
    name: string,
    input: unknown,
    repository: RepositoryRecord,
    options: CallOptions & { dryRun?: boolean; versions?: readonly string[] },
  ): Promise<string> {
    const prns = [
      prnOf('repository', repository.uuid),
      ...(options.versions ?? []).map(uuid => prnOf('version', uuid)),
    ];
    return this.#tasks.dispatch({
      name,
      input,
      reservations: options.dryRun ? { shared: prns } : { exclusive: prns },
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }
}

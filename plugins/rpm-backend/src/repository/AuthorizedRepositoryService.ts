import {
  rpmRemoteReadPermission,
  rpmRepositoryCreatePermission,
  rpmRepositoryDeletePermission,
  rpmRepositoryModifyPermission,
  rpmRepositoryReadPermission,
  rpmRepositoryUpdatePermission,
  type ListQuery,
  type RepositoryInput,
  type RepositoryPatch,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { resolveVersion } from '../database/operations/versions';
import type { RowPage } from '../database/pages';
import { parseReference } from '../identifiers';
import type {
  AccessControl,
  RepositoryPermission,
} from '../permissions/AccessControl';
import { tellAsMissing } from '../permissions/tellAsMissing';
import { requireVisibleUnits } from './references';
import type {
  CallOptions,
  ListOptions,
  ModifyInput,
  RepositoryRecord,
  RepositoryService,
  RepositoryUpdate,
} from './types';

/**
 * Lets through what the permission policy allows. What a call refers to besides the repository (a
 * remote, a base version, units to add) must be readable for the caller, or it counts as not existing.
 */
export class AuthorizedRepositoryService implements RepositoryService {
  readonly #knex: Knex;
  readonly #inner: RepositoryService;
  readonly #access: AccessControl;

  constructor(options: {
    knex: Knex;
    inner: RepositoryService;
    access: AccessControl;
  }) {
    this.#knex = options.knex;
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async list(
    filters: ListQuery,
    options: ListOptions,
  ): Promise<RowPage<RepositoryRecord>> {
    const visible = await this.#access.visibleRepositories(options.credentials);
    return this.#inner.list(filters, { ...options, visible });
  }

  async get(uuid: string, options: CallOptions): Promise<RepositoryRecord> {
    await this.#require(rpmRepositoryReadPermission, uuid, options);
    return this.#inner.get(uuid, options);
  }

  async create(
    input: RepositoryInput,
    options: CallOptions,
  ): Promise<RepositoryRecord> {
    await this.#access.requireBasic(
      rpmRepositoryCreatePermission,
      options.credentials,
    );
    await this.#requireRemote(input.remote, options);
    return this.#inner.create(input, options);
  }

  async update(
    uuid: string,
    patch: RepositoryPatch,
    options: CallOptions & { replace: boolean; dryRun: boolean },
  ): Promise<RepositoryUpdate> {
    await this.#require(rpmRepositoryUpdatePermission, uuid, options);
    await this.#requireRemote(patch.remote, options);
    return this.#inner.update(uuid, patch, options);
  }

  async delete(uuid: string, options: CallOptions): Promise<string> {
    await this.#require(rpmRepositoryDeletePermission, uuid, options);
    return this.#inner.delete(uuid, options);
  }

  async modify(
    uuid: string,
    input: ModifyInput,
    options: CallOptions,
  ): Promise<string> {
    await this.#require(rpmRepositoryModifyPermission, uuid, options);
    const { baseVersion } = input;
    if (baseVersion !== undefined) {
      const base = await resolveVersion(this.#knex, baseVersion);
      if (base && base.repositoryUuid !== uuid) {
        await tellAsMissing(
          'base_version',
          `URI ${baseVersion} not found for repositoryversion.`,
          this.#require(
            rpmRepositoryReadPermission,
            base.repositoryUuid,
            options,
          ),
        );
      }
    }
    await requireVisibleUnits(
      this.#knex,
      input.add,
      await this.#access.visibleRepositories(options.credentials),
    );
    return this.#inner.modify(uuid, input, options);
  }

  async #require(
    permission: RepositoryPermission,
    uuid: string,
    { credentials }: CallOptions,
  ): Promise<void> {
    await this.#access.requireRepository(permission, uuid, credentials);
  }

  async #requireRemote(
    reference: string | null | undefined,
    { credentials }: CallOptions,
  ): Promise<void> {
    const remote = reference ? parseReference(reference) : undefined;
    if (remote?.kind !== 'remote') return;
    await tellAsMissing(
      'remote',
      'Invalid hyperlink - Object does not exist.',
      this.#access.requireRemote(
        rpmRemoteReadPermission,
        remote.uuid,
        credentials,
      ),
    );
  }
}

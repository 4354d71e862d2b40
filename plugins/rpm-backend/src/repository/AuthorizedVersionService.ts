import {
  rpmRepositoryDeletePermission,
  rpmRepositoryModifyPermission,
  rpmRepositoryReadPermission,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import type { AccessControl } from '../permissions/AccessControl';
import type { CallOptions, ListOptions, VersionService } from './types';
import type { VersionRecord } from './versionTypes';

/** Lets through what the permission policy allows: versions are their repository's. */
export class AuthorizedVersionService implements VersionService {
  readonly #inner: VersionService;
  readonly #access: AccessControl;

  constructor(options: { inner: VersionService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async list(
    repositoryUuid: string | undefined,
    filters: ListQuery,
    options: ListOptions,
  ): Promise<RowPage<VersionRecord>> {
    if (repositoryUuid === undefined) {
      const visible = await this.#access.visibleRepositories(
        options.credentials,
      );
      return this.#inner.list(undefined, filters, { ...options, visible });
    }
    await this.#requireRead(repositoryUuid, options);
    return this.#inner.list(repositoryUuid, filters, options);
  }

  async get(
    repositoryUuid: string,
    number: number,
    options: CallOptions,
  ): Promise<VersionRecord> {
    await this.#requireRead(repositoryUuid, options);
    return this.#inner.get(repositoryUuid, number, options);
  }

  async repair(
    repositoryUuid: string,
    number: number,
    options: CallOptions & { verifyChecksums: boolean },
  ): Promise<string> {
    await this.#access.requireRepository(
      rpmRepositoryModifyPermission,
      repositoryUuid,
      options.credentials,
    );
    return this.#inner.repair(repositoryUuid, number, options);
  }

  async delete(
    repositoryUuid: string,
    number: number,
    options: CallOptions,
  ): Promise<string> {
    await this.#access.requireRepository(
      rpmRepositoryDeletePermission,
      repositoryUuid,
      options.credentials,
    );
    return this.#inner.delete(repositoryUuid, number, options);
  }

  async #requireRead(
    repositoryUuid: string,
    { credentials }: CallOptions,
  ): Promise<void> {
    await this.#access.requireRepository(
      rpmRepositoryReadPermission,
      repositoryUuid,
      credentials,
    );
  }
}

import { NotFoundError } from '@backstage/errors';
import { rpmRepositoryReadPermission } from '@rpmportal/backstage-plugin-rpm-common';
import type { AccessControl } from '../../permissions/AccessControl';
import type { CallOptions } from '../types';
import type { DiffQuery, VersionDiffPage, VersionDiffService } from './types';

/** Lets who may read both repositories compare their versions. */
export class AuthorizedVersionDiffService implements VersionDiffService {
  readonly #inner: VersionDiffService;
  readonly #access: AccessControl;

  constructor(options: { inner: VersionDiffService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async diff(
    repositoryUuid: string,
    number: number,
    query: DiffQuery,
    options: CallOptions,
  ): Promise<VersionDiffPage> {
    await this.#requireRead(repositoryUuid, options);
    return this.#inner.diff(repositoryUuid, number, query, {
      ...options,
      mayRead: uuid => this.#mayRead(uuid, options),
    });
  }

  async #mayRead(
    repositoryUuid: string,
    options: CallOptions,
  ): Promise<boolean> {
    try {
      await this.#requireRead(repositoryUuid, options);
      return true;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
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

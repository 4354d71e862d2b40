import { rpmRepositoryReadPermission } from '@rpmportal/backstage-plugin-rpm-common';
import type { AccessControl } from '../../permissions/AccessControl';
import { hidden } from '../hidden';
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
    const page = await this.#inner.diff(repositoryUuid, number, query, options);
    const { from } = page;
    if (from && from.repositoryUuid !== repositoryUuid) {
      await hidden(
        'from',
        `URI ${query.from} not found for repositoryversion.`,
        this.#requireRead(from.repositoryUuid, options),
      );
    }
    return page;
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

import { NotFoundError } from '@backstage/errors';
import {
  rpmRepositoryCopyPermission,
  rpmRepositoryReadPermission,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { resolveVersion } from '../database/operations/versions';
import { parseReference } from '../identifiers';
import type {
  AccessControl,
  RepositoryPermission,
} from '../permissions/AccessControl';
import { notFound } from './resolveCopy';
import type { CallOptions, CopyInput, CopyService } from './types';

/** Lets through who may copy into each destination and see each source. */
export class AuthorizedCopyService implements CopyService {
  readonly #knex: Knex;
  readonly #inner: CopyService;
  readonly #access: AccessControl;

  constructor(options: {
    knex: Knex;
    inner: CopyService;
    access: AccessControl;
  }) {
    this.#knex = options.knex;
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async copy(input: CopyInput, options: CallOptions): Promise<string> {
    const { entries } = input;
    for (const reference of new Set(entries.map(entry => entry.dest_repo))) {
      const destination = parseReference(reference);
      if (destination?.kind === 'repository') {
        await this.#require(
          rpmRepositoryCopyPermission,
          destination.uuid,
          notFound(reference, 'rpmrepository'),
          options,
        );
      }
    }
    for (const reference of new Set(
      entries.map(entry => entry.source_repo_version),
    )) {
      const source = await resolveVersion(this.#knex, reference);
      if (source) {
        await this.#require(
          rpmRepositoryReadPermission,
          source.repositoryUuid,
          notFound(reference, 'repositoryversion'),
          options,
        );
      }
    }
    return this.#inner.copy(input, options);
  }

  /** @param unknown - what is told when the caller may not even see the repository */
  async #require(
    permission: RepositoryPermission,
    uuid: string,
    unknown: Error,
    { credentials }: CallOptions,
  ): Promise<void> {
    try {
      await this.#access.requireRepository(permission, uuid, credentials);
    } catch (error) {
      throw error instanceof NotFoundError ? unknown : error;
    }
  }
}

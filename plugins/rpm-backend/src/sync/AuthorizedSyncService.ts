import {
  rpmRemoteReadPermission,
  rpmRepositoryModifyPermission,
  type SyncInput,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { readRepository } from '../database/operations/repositories';
import { parseReference } from '../identifiers';
import type { AccessControl } from '../permissions/AccessControl';
import { tellAsMissing } from '../permissions/tellAsMissing';
import type { CallOptions } from '../repository';
import type { SyncService } from './types';

/** Lets through who may change the repository and see the remote. */
export class AuthorizedSyncService implements SyncService {
  readonly #knex: Knex;
  readonly #inner: SyncService;
  readonly #access: AccessControl;

  constructor(options: {
    knex: Knex;
    inner: SyncService;
    access: AccessControl;
  }) {
    this.#knex = options.knex;
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async sync(
    repositoryUuid: string,
    input: SyncInput,
    options: CallOptions,
  ): Promise<string> {
    const { credentials } = options;
    await this.#access.requireRepository(
      rpmRepositoryModifyPermission,
      repositoryUuid,
      credentials,
    );
    const remoteUuid = await this.#remoteOf(repositoryUuid, input.remote);
    if (remoteUuid !== undefined) {
      await tellAsMissing(
        'remote',
        'Invalid hyperlink - Object does not exist.',
        this.#access.requireRemote(
          rpmRemoteReadPermission,
          remoteUuid,
          credentials,
        ),
      );
    }
    return this.#inner.sync(repositoryUuid, input, options);
  }

  /** Of the remote that would be synced from, if there is one. */
  async #remoteOf(
    repositoryUuid: string,
    given: string | null | undefined,
  ): Promise<string | undefined> {
    if (!given) {
      return (await readRepository(this.#knex, repositoryUuid))?.remoteUuid;
    }
    const reference = parseReference(given);
    return reference?.kind === 'remote' ? reference.uuid : undefined;
  }
}

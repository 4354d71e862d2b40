import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  rpmAdminPermission,
  rpmRepositoryModifyPermission,
} from '@rpmportal/backstage-plugin-rpm-common';
import { actorOf } from '../identity/actor';
import { parseReference } from '../identifiers';
import type { TaskRecord } from '../tasks/types';
import type {
  AccessControl,
  RemotePermission,
  RepositoryPermission,
  Visibility,
} from './AccessControl';

const DENIED = 'You do not have permission to perform this action.';

/** Asks Backstage's permission framework. */
export class PermissionAccessControl implements AccessControl {
  readonly #permissions: PermissionsService;

  constructor(options: { permissions: PermissionsService }) {
    this.#permissions = options.permissions;
  }

  async requireRepository(
    permission: RepositoryPermission,
    repositoryUuid: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#require(permission, repositoryUuid, credentials);
  }

  async requireRemote(
    permission: RemotePermission,
    remoteUuid: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#require(permission, remoteUuid, credentials);
  }

  async requireBasic(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW) throw new NotAllowedError(DENIED);
  }

  async requireAdmin(credentials: BackstageCredentials): Promise<void> {
    await this.requireBasic(rpmAdminPermission, credentials);
  }

  async requireCancel(
    task: TaskRecord,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (task.createdBy && task.createdBy === actorOf(credentials)) return;
    const written = task.reservations.flatMap(resource => {
      const reference = parseReference(resource);
      return reference?.kind === 'repository' ? [reference.uuid] : [];
    });
    if (!written.length) await this.requireAdmin(credentials);
    for (const uuid of written) {
      await this.requireRepository(
        rpmRepositoryModifyPermission,
        uuid,
        credentials,
      );
    }
  }

  async visibleRepositories(): Promise<Visibility> {
    return 'all';
  }

  async visibleRemotes(): Promise<Visibility> {
    return 'all';
  }

  async #require(
    permission: ResourcePermission,
    resourceRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [{ result }] = await this.#permissions.authorize(
      [{ permission, resourceRef }],
      { credentials },
    );
    if (result === AuthorizeResult.ALLOW) return;
    if (permission.attributes.action === 'read') {
      throw new NotFoundError('Not found.');
    }
    throw new NotAllowedError(DENIED);
  }
}

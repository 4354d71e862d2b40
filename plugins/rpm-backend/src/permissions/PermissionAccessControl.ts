import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import {
  rpmAdminPermission,
  rpmRemoteReadPermission,
  rpmRepositoryModifyPermission,
  rpmRepositoryReadPermission,
} from '@rpmportal/backstage-plugin-rpm-common';
import {
  rpmRemotePermissionResourceRef,
  rpmRepositoryPermissionResourceRef,
  type OwnedRpmResource,
  type OwnedRpmResourceFilter,
} from '@rpmportal/backstage-plugin-rpm-node';
import type { OwnedKind } from '../database/operations/ownership';
import { actorOf } from '../identity/actor';
import { parseReference } from '../identifiers';
import type { TaskRecord } from '../tasks/types';
import type {
  AccessControl,
  RemotePermission,
  RepositoryPermission,
  TaskVisibility,
  Visibility,
} from './AccessControl';
import type { OwnedResources } from './OwnedResources';

type OwnedResourceRef = PermissionResourceRef<
  OwnedRpmResource,
  OwnedRpmResourceFilter
>;

const DENIED = 'You do not have permission to perform this action.';

/** Asks Backstage's permission framework. */
export class PermissionAccessControl implements AccessControl {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #resources: OwnedResources;

  constructor(options: {
    permissions: PermissionsService;
    registry: PermissionsRegistryService;
    resources: OwnedResources;
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.registry;
    this.#resources = options.resources;
  }

  async requireRepository(
    permission: RepositoryPermission,
    repositoryUuid: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#require(
      permission,
      rpmRepositoryReadPermission,
      repositoryUuid,
      credentials,
    );
  }

  async requireRemote(
    permission: RemotePermission,
    remoteUuid: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#require(
      permission,
      rpmRemoteReadPermission,
      remoteUuid,
      credentials,
    );
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

  async visibleRepositories(
    credentials: BackstageCredentials,
  ): Promise<Visibility> {
    const visible = await this.#visible(
      'repository',
      rpmRepositoryReadPermission,
      rpmRepositoryPermissionResourceRef,
      credentials,
    );
    return visible === 'all'
      ? 'all'
      : { ...visible, user: actorOf(credentials) };
  }

  async modifiableRepositories(
    credentials: BackstageCredentials,
  ): Promise<Visibility> {
    return this.#visible(
      'repository',
      rpmRepositoryModifyPermission,
      rpmRepositoryPermissionResourceRef,
      credentials,
    );
  }

  async visibleRemotes(credentials: BackstageCredentials): Promise<Visibility> {
    return this.#visible(
      'remote',
      rpmRemoteReadPermission,
      rpmRemotePermissionResourceRef,
      credentials,
    );
  }

  async visibleTasks(
    credentials: BackstageCredentials,
  ): Promise<TaskVisibility> {
    const [repositories, remotes] = await Promise.all([
      this.visibleRepositories(credentials),
      this.visibleRemotes(credentials),
    ]);
    return repositories === 'all' && remotes === 'all'
      ? 'all'
      : { startedBy: actorOf(credentials), repositories, remotes };
  }

  /**
   * Conditions are decided with the rules' own `apply` on all resources of the kind: their number
   * is that of repositories, not of packages, and owners are resolved through the catalog, which no
   * SQL could do.
   */
  async #visible(
    kind: OwnedKind,
    permission: ResourcePermission,
    resourceRef: OwnedResourceRef,
    credentials: BackstageCredentials,
  ): Promise<Visibility> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) return 'all';
    if (decision.result === AuthorizeResult.DENY) return { ids: [] };
    const allows = createConditionAuthorizer(
      this.#registry.getPermissionRuleset(resourceRef),
    );
    const resources = await this.#resources.all(kind);
    return {
      ids: resources
        .filter(({ resource }) => allows(decision, resource))
        .map(({ id }) => id),
    };
  }

  async #require(
    permission: ResourcePermission,
    readPermission: ResourcePermission,
    resourceRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const allows = async (asked: ResourcePermission) => {
      const [{ result }] = await this.#permissions.authorize(
        [{ permission: asked, resourceRef }],
        { credentials },
      );
      return result === AuthorizeResult.ALLOW;
    };
    if (await allows(permission)) return;
    if (permission === readPermission || !(await allows(readPermission))) {
      throw new NotFoundError('Not found.');
    }
    throw new NotAllowedError(DENIED);
  }
}

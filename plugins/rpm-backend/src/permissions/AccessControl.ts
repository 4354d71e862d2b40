import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import type {
  RESOURCE_TYPE_RPM_REMOTE,
  RESOURCE_TYPE_RPM_REPOSITORY,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { TaskRecord } from '../tasks/types';

/** A permission that is decided on a repository. */
export type RepositoryPermission = ResourcePermission<
  typeof RESOURCE_TYPE_RPM_REPOSITORY
>;

/** A permission that is decided on a remote. */
export type RemotePermission = ResourcePermission<
  typeof RESOURCE_TYPE_RPM_REMOTE
>;

/**
 * What of a kind the caller may see: everything, or what has one of these internal ids. Of content,
 * what `user` has uploaded comes on top: who has shown the bytes knows them.
 */
export type Visibility =
  | 'all'
  | { ids: readonly number[]; user?: string | undefined };

/** Which tasks the caller may see: all, or what was started by the caller or is about these. */
export type TaskVisibility =
  | 'all'
  | {
      startedBy: string | undefined;
      repositories: Visibility;
      remotes: Visibility;
    };

/**
 * The questions that the `Authorized…` decorators ask before they pass a call on.
 *
 * @remarks
 * A denied read looks like something that does not exist (`NotFoundError`), a denied write is
 * `NotAllowedError`; who may not even see the resource gets the former for writes too.
 */
export interface AccessControl {
  /** Decides on one repository, named by its UUID. */
  requireRepository(
    permission: RepositoryPermission,
    repositoryUuid: string,
    credentials: BackstageCredentials,
  ): Promise<void>;
  /** Decides on one remote, named by its UUID. */
  requireRemote(
    permission: RemotePermission,
    remoteUuid: string,
    credentials: BackstageCredentials,
  ): Promise<void>;
  /** Decides where there is no resource. */
  requireBasic(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void>;
  requireAdmin(credentials: BackstageCredentials): Promise<void>;
  /** Allows who started the task, and who may modify every repository that it writes. */
  requireCancel(
    task: TaskRecord,
    credentials: BackstageCredentials,
  ): Promise<void>;
  /** Which repositories a list may show. */
  visibleRepositories(credentials: BackstageCredentials): Promise<Visibility>;
  /** Which repositories the caller may change the content of. */
  modifiableRepositories(
    credentials: BackstageCredentials,
  ): Promise<Visibility>;
  /** Which remotes a list may show. */
  visibleRemotes(credentials: BackstageCredentials): Promise<Visibility>;
  /** Which tasks may be shown. */
  visibleTasks(credentials: BackstageCredentials): Promise<TaskVisibility>;
}

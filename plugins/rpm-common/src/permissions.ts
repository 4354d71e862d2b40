import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of repositories in permission policies. @public */
export const RESOURCE_TYPE_RPM_REPOSITORY = 'rpm-repository';

/** Sees a repository with its versions, content, publications, distributions. @public */
export const rpmRepositoryReadPermission = createPermission({
  name: 'rpm.repository.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_RPM_REPOSITORY,
});

/** Creates repositories. @public */
export const rpmRepositoryCreatePermission = createPermission({
  name: 'rpm.repository.create',
  attributes: { action: 'create' },
});

/** Changes a repository's settings, owner and retention. @public */
export const rpmRepositoryUpdatePermission = createPermission({
  name: 'rpm.repository.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RPM_REPOSITORY,
});

/** Deletes a repository or one of its versions. @public */
export const rpmRepositoryDeletePermission = createPermission({
  name: 'rpm.repository.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_RPM_REPOSITORY,
});

/** Changes a repository's content: modify, sync, upload. @public */
export const rpmRepositoryModifyPermission = createPermission({
  name: 'rpm.repository.modify',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RPM_REPOSITORY,
});

/** Copies content into a repository. @public */
export const rpmRepositoryCopyPermission = createPermission({
  name: 'rpm.repository.copy',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RPM_REPOSITORY,
});

/** Publishes a repository, distributes it and marks checkpoints. @public */
export const rpmRepositoryPublishPermission = createPermission({
  name: 'rpm.repository.publish',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RPM_REPOSITORY,
});

/** Rolls a repository back. @public */
export const rpmRepositoryRollbackPermission = createPermission({
  name: 'rpm.repository.rollback',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RPM_REPOSITORY,
});

/** Resource type of remotes in permission policies. @public */
export const RESOURCE_TYPE_RPM_REMOTE = 'rpm-remote';

/** Sees a remote, without its secrets. @public */
export const rpmRemoteReadPermission = createPermission({
  name: 'rpm.remote.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_RPM_REMOTE,
});

/** Creates remotes. @public */
export const rpmRemoteCreatePermission = createPermission({
  name: 'rpm.remote.create',
  attributes: { action: 'create' },
});

/** Changes a remote's settings. @public */
export const rpmRemoteUpdatePermission = createPermission({
  name: 'rpm.remote.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RPM_REMOTE,
});

/** Deletes a remote. @public */
export const rpmRemoteDeletePermission = createPermission({
  name: 'rpm.remote.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_RPM_REMOTE,
});

/** Sends files that are for no repository yet: artifacts, uploads in pieces, content. @public */
export const rpmContentUploadPermission = createPermission({
  name: 'rpm.content.upload',
  attributes: { action: 'create' },
});

/** Administration: distributions without repository, task records, orphans. @public */
export const rpmAdminPermission = createPermission({
  name: 'rpm.admin',
  attributes: { action: 'update' },
});

/** Those decided on a repository. @public */
export const rpmRepositoryPermissions = [
  rpmRepositoryReadPermission,
  rpmRepositoryUpdatePermission,
  rpmRepositoryDeletePermission,
  rpmRepositoryModifyPermission,
  rpmRepositoryCopyPermission,
  rpmRepositoryPublishPermission,
  rpmRepositoryRollbackPermission,
];

/** Those decided on a remote. @public */
export const rpmRemotePermissions = [
  rpmRemoteReadPermission,
  rpmRemoteUpdatePermission,
  rpmRemoteDeletePermission,
];

/** Those that need no resource. @public */
export const rpmBasicPermissions = [
  rpmRepositoryCreatePermission,
  rpmRemoteCreatePermission,
  rpmContentUploadPermission,
  rpmAdminPermission,
];

/** All permissions of the plugin. @public */
export const rpmPermissions = [
  ...rpmRepositoryPermissions,
  ...rpmRemotePermissions,
  ...rpmBasicPermissions,
];

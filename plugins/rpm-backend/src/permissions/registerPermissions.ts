import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  rpmBasicPermissions,
  rpmRemotePermissions,
  rpmRepositoryPermissions,
} from '@rpmportal/backstage-plugin-rpm-common';
import {
  rpmRemotePermissionResourceRef,
  rpmRepositoryPermissionResourceRef,
} from '@rpmportal/backstage-plugin-rpm-node';
import type { OwnedResources } from './OwnedResources';
import { rpmRemoteRules, rpmRepositoryRules } from './rules';

/** Makes the plugin's permissions and rules known to the permission framework. */
export function registerPermissions(options: {
  registry: PermissionsRegistryService;
  resources: OwnedResources;
}): void {
  const { registry, resources } = options;
  registry.addPermissions(rpmBasicPermissions);
  registry.addResourceType({
    resourceRef: rpmRepositoryPermissionResourceRef,
    permissions: rpmRepositoryPermissions,
    rules: Object.values(rpmRepositoryRules),
    getResources: uuids => resources.byUuids('repository', uuids),
  });
  registry.addResourceType({
    resourceRef: rpmRemotePermissionResourceRef,
    permissions: rpmRemotePermissions,
    rules: Object.values(rpmRemoteRules),
    getResources: uuids => resources.byUuids('remote', uuids),
  });
}

import { usePermission } from '@backstage/plugin-permission-react';
import {
  rpmRepositoryRollbackPermission,
  type Repository,
} from '@rpmportal/backstage-plugin-rpm-common';
import { resourceRefOf } from './hrefs';

/** Asks whether the user may roll a repository back. */
export function useRollbackPermission(repository: Repository) {
  return usePermission({
    permission: rpmRepositoryRollbackPermission,
    resourceRef: resourceRefOf(repository),
  });
}

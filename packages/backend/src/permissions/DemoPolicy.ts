import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createRpmRemoteConditionalDecision,
  createRpmRepositoryConditionalDecision,
  rpmRemoteConditions,
  rpmRepositoryConditions,
} from '@rpmportal/backstage-plugin-rpm-backend';
import {
  RESOURCE_TYPE_RPM_REMOTE,
  RESOURCE_TYPE_RPM_REPOSITORY,
  rpmAdminPermission,
} from '@rpmportal/backstage-plugin-rpm-common';

const ALLOW = { result: AuthorizeResult.ALLOW } as const;
const DENY = { result: AuthorizeResult.DENY } as const;

/**
 * What the users of the demo portal may do: see everything, change the repositories and remotes
 * that they or their teams own, administer nothing.
 */
export class DemoPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (isPermission(permission, rpmAdminPermission)) return DENY;
    if (permission.attributes.action === 'read') return ALLOW;
    const claims = user?.info.ownershipEntityRefs ?? [];
    if (isResourcePermission(permission, RESOURCE_TYPE_RPM_REPOSITORY)) {
      return createRpmRepositoryConditionalDecision(
        permission,
        rpmRepositoryConditions.isRepositoryOwner({ claims }),
      );
    }
    if (isResourcePermission(permission, RESOURCE_TYPE_RPM_REMOTE)) {
      return createRpmRemoteConditionalDecision(
        permission,
        rpmRemoteConditions.isRemoteOwner({ claims }),
      );
    }
    return ALLOW;
  }
}

import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  rpmAdminPermission,
  rpmRemoteDeletePermission,
  rpmRepositoryCreatePermission,
  rpmRepositoryReadPermission,
  rpmRepositoryRollbackPermission,
} from '@rpmportal/backstage-plugin-rpm-common';
import { DemoPolicy } from './DemoPolicy';

const user = {
  info: {
    userEntityRef: 'user:default/owner',
    ownershipEntityRefs: ['user:default/owner', 'group:default/shop'],
  },
} as PolicyQueryUser;

const decide = (
  permission: Parameters<DemoPolicy['handle']>[0]['permission'],
) => new DemoPolicy().handle({ permission }, user);

describe('the policy of the demo portal', () => {
  it('lets everybody see and create', async () => {
    const allowed = { result: AuthorizeResult.ALLOW };
    expect(await decide(rpmRepositoryReadPermission)).toEqual(allowed);
    expect(await decide(rpmRepositoryCreatePermission)).toEqual(allowed);
  });

  it.each([
    [rpmRepositoryRollbackPermission, 'IS_REPOSITORY_OWNER'],
    [rpmRemoteDeletePermission, 'IS_REMOTE_OWNER'],
  ])('leaves changes to owners: $name', async (permission, rule) => {
    expect(await decide(permission)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: {
        rule,
        params: { claims: user.info.ownershipEntityRefs },
      },
    });
  });

  it('lets nobody administer', async () => {
    expect(await decide(rpmAdminPermission)).toEqual({
      result: AuthorizeResult.DENY,
    });
  });
});

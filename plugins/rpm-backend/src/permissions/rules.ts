import {
  createPermissionRule,
  type PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import {
  rpmRemotePermissionResourceRef,
  rpmRepositoryPermissionResourceRef,
  type OwnedRpmResource,
  type OwnedRpmResourceFilter,
} from '@rpmportal/backstage-plugin-rpm-node';
import { z } from 'zod';

function createOwnerRule<T extends string>(
  name: string,
  resourceRef: PermissionResourceRef<
    OwnedRpmResource,
    OwnedRpmResourceFilter,
    T
  >,
) {
  return createPermissionRule({
    name,
    description: 'Allow what belongs to one of the given users or groups',
    resourceRef,
    paramsSchema: z.object({
      claims: z
        .array(z.string())
        .describe('Entity refs of users and groups, any of which must own it'),
    }),
    apply: (resource, { claims }) =>
      resource.owner !== undefined && claims.includes(resource.owner),
    toQuery: ({ claims }) => ({ owners: claims }),
  });
}

function createLabelRule<T extends string>(
  resourceRef: PermissionResourceRef<
    OwnedRpmResource,
    OwnedRpmResourceFilter,
    T
  >,
) {
  return createPermissionRule({
    name: 'HAS_LABEL',
    description: 'Allow what has a label, with a value when one is given',
    resourceRef,
    paramsSchema: z.object({
      key: z.string().describe('Key of the label'),
      value: z.string().optional().describe('Value that it must have'),
    }),
    apply: ({ labels }, { key, value }) =>
      Object.hasOwn(labels, key) &&
      (value === undefined || labels[key] === value),
    toQuery: ({ key, value }) => ({ label: { key, value } }),
  });
}

/** Rules on repositories. */
export const rpmRepositoryRules = {
  isRepositoryOwner: createOwnerRule(
    'IS_REPOSITORY_OWNER',
    rpmRepositoryPermissionResourceRef,
  ),
  hasLabel: createLabelRule(rpmRepositoryPermissionResourceRef),
};

/** Rules on remotes. */
export const rpmRemoteRules = {
  isRemoteOwner: createOwnerRule(
    'IS_REMOTE_OWNER',
    rpmRemotePermissionResourceRef,
  ),
  hasLabel: createLabelRule(rpmRemotePermissionResourceRef),
};

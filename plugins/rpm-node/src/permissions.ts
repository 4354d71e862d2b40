import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_RPM_REMOTE,
  RESOURCE_TYPE_RPM_REPOSITORY,
} from '@rpmportal/backstage-plugin-rpm-common';

/** What permission rules know of a repository or remote. @public */
export interface OwnedRpmResource {
  uuid: string;
  name: string;
  labels: Record<string, string>;
  /** The group or user that it belongs to, resolved; undefined when it has no owner. */
  owner: string | undefined;
}

/** What a rule narrows a list by; conditions that stand together all hold. @public */
export interface OwnedRpmResourceFilter {
  /** The owner is one of these refs. */
  owners?: string[];
  /** Has this label, with this value when one is given. */
  label?: { key: string; value?: string };
}

/** For rules and policies on repositories. @public */
export const rpmRepositoryPermissionResourceRef = createPermissionResourceRef<
  OwnedRpmResource,
  OwnedRpmResourceFilter
>().with({ pluginId: 'rpm', resourceType: RESOURCE_TYPE_RPM_REPOSITORY });

/** For rules and policies on remotes. @public */
export const rpmRemotePermissionResourceRef = createPermissionResourceRef<
  OwnedRpmResource,
  OwnedRpmResourceFilter
>().with({ pluginId: 'rpm', resourceType: RESOURCE_TYPE_RPM_REMOTE });

import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  rpmRemotePermissionResourceRef,
  rpmRepositoryPermissionResourceRef,
} from '@rpmportal/backstage-plugin-rpm-node';
import { rpmRemoteRules, rpmRepositoryRules } from './rules';

const repositories = createConditionExports({
  resourceRef: rpmRepositoryPermissionResourceRef,
  rules: rpmRepositoryRules,
});

const remotes = createConditionExports({
  resourceRef: rpmRemotePermissionResourceRef,
  rules: rpmRemoteRules,
});

/** Conditions on repositories, for permission policies. @public */
export const rpmRepositoryConditions = repositories.conditions;

/** Makes a policy decision that depends on the repository. @public */
export const createRpmRepositoryConditionalDecision =
  repositories.createConditionalDecision;

/** Conditions on remotes, for permission policies. @public */
export const rpmRemoteConditions = remotes.conditions;

/** Makes a policy decision that depends on the remote. @public */
export const createRpmRemoteConditionalDecision =
  remotes.createConditionalDecision;

import { hrefOf } from '../identifiers';
import type { NewPlan } from './types';

/**
 * What a version remembers of the plan that made it: what was asked for of its repository, and the
 * plan itself.
 */
export function versionInputs(
  { uuid, digest, inputs }: Pick<NewPlan, 'uuid' | 'digest' | 'inputs'>,
  repositoryUuid: string,
): Record<string, unknown> {
  const { config, ...options } = inputs;
  const repository = hrefOf('repository', repositoryUuid);
  return {
    operation: 'copy',
    config: config.filter(entry => entry.dest_repo === repository),
    ...options,
    plan: hrefOf('plan', uuid),
    plan_digest: digest,
  };
}

import { createHash } from 'crypto';
import type { VersionPlan } from '../repository';

/**
 * SHA-256 of everything that plans of versions write: two that have the same digest make the same
 * versions of the same ones. What they only tell, such as what they spared, is not part of it.
 */
export function digestOf(plans: readonly VersionPlan[]): string {
  const hash = createHash('sha256');
  for (const plan of plans) {
    hash.update(
      JSON.stringify([
        plan.repositoryId,
        plan.latestVersionId,
        plan.baseVersionId ?? null,
        plan.retainedPackageVersions ?? null,
        plan.mergedAdvisories,
      ]),
    );
    hash.update(JSON.stringify(sorted(plan.added)));
    hash.update(
      JSON.stringify(sorted(plan.removed.map(({ unitId }) => unitId))),
    );
    hash.update(
      JSON.stringify(sorted(plan.rejected.map(({ unitId }) => unitId))),
    );
  }
  return hash.digest('hex');
}

function sorted(ids: readonly number[]): number[] {
  return [...ids].sort((a, b) => a - b);
}

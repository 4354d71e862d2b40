import type {
  RetainableCheckpoint,
  RetentionFacts,
  RetentionPlan,
  RetentionSettings,
} from './types';

/** Stamps of one width order as the times that they stand for. */
function newestFirst(a: RetainableCheckpoint, b: RetainableCheckpoint): number {
  if (a.stamp === b.stamp) return 0;
  return a.stamp < b.stamp ? 1 : -1;
}

/**
 * Which versions and checkpoints of a repository are too old to stay.
 *
 * @remarks
 * Versions that clients need count for nothing: they stay, and let as many others stay as if they
 * were not there. Checkpoints go first: a version whose last checkpoint goes is needed no more.
 */
export function planRetention(
  { versions, protections, checkpoints }: RetentionFacts,
  { retainRepoVersions, retainCheckpoints }: RetentionSettings,
): RetentionPlan {
  const plan: RetentionPlan = {
    surplusVersions: [],
    keptVersions: [],
    surplusCheckpoints: [],
    keptCheckpoints: [],
  };
  if (retainCheckpoints) {
    const sorted = [...checkpoints].sort(newestFirst);
    plan.keptCheckpoints = sorted.slice(0, retainCheckpoints);
    plan.surplusCheckpoints = sorted.slice(retainCheckpoints);
  }
  if (!retainRepoVersions) return plan;

  const unmarked = new Set(plan.surplusCheckpoints.map(({ stamp }) => stamp));
  let places = retainRepoVersions;
  for (const version of versions) {
    const protection = protections
      .get(version.id)
      ?.find(one => one.kind !== 'checkpoint' || !unmarked.has(one.stamp));
    if (protection || places > 0) {
      if (!protection) places -= 1;
      plan.keptVersions.push({ version, protection });
    } else {
      plan.surplusVersions.push(version);
    }
  }
  return plan;
}

import type { PlanHead, PlanVersion } from './types';

/** What there is now of what plans are about. */
export interface PlanFacts {
  /** By id; repositories that are deleted are absent. */
  repositoryNames: Map<number, string>;
  /** The number of the latest version, by id of the repository. */
  latest: Map<number, number>;
  /** Ids of the versions that still exist. */
  versions: Set<number>;
}

/**
 * Why a plan cannot be applied, in one sentence; undefined when it can.
 *
 * @param now - time stamp
 */
export function whyStale(
  plan: Pick<PlanHead, 'state' | 'refusal' | 'expiresAt' | 'versions'>,
  facts: PlanFacts,
  now: string,
): string | undefined {
  if (plan.state === 'applied') return 'The plan has been applied already.';
  if (plan.refusal) return plan.refusal;
  if (plan.expiresAt <= now) return 'The plan has expired.';
  for (const base of plan.versions.base) {
    const moved = whyMoved(base!, facts);
    if (moved) return moved;
  }
  for (const [role, use] of [
    ['source', 'copies from'],
    ['start', 'starts from'],
  ] as const) {
    const gone = plan.versions[role].find(
      version => version && !facts.versions.has(version.versionId),
    );
    if (gone) {
      return `${nameOf(
        gone,
        facts,
      )}, which the plan ${use}, does not exist any more.`;
    }
  }
  return undefined;
}

function whyMoved(
  { repositoryId, versionId, number }: PlanVersion,
  facts: PlanFacts,
): string | undefined {
  const name = facts.repositoryNames.get(repositoryId);
  if (name === undefined) {
    return 'A destination of the plan does not exist any more.';
  }
  const latest = facts.latest.get(repositoryId);
  return latest === number && facts.versions.has(versionId)
    ? undefined
    : `Repository '${name}' has changed since: the plan was made for its version ${number}, and its latest one is ${latest}.`;
}

function nameOf(
  { repositoryId, number }: PlanVersion,
  { repositoryNames }: PlanFacts,
): string {
  const name = repositoryNames.get(repositoryId);
  return name === undefined
    ? `Version ${number} of a repository`
    : `Version ${number} of repository '${name}'`;
}

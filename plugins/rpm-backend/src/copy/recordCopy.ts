import type { VersionRecord } from '../repository';
import {
  digestOf,
  packList,
  sectionsOf,
  type NewPlan,
  type PlanPart,
  type PlanVersion,
  type PlanVersions,
  type StoredMissing,
} from '../plan';
import { Explanations } from './planning/Explanations';
import type { CopyFacts } from './planning/planDestinations';
import type { PlannedDestination } from './planning/planVersions';
import type { CopyPair } from './planning/prepareCopy';

/** What a plan has of a copy besides what it tells. */
export interface CopyRecord extends Pick<NewPlan, 'digest' | 'versions'> {
  parts: PlanPart[];
}

/** The requirements that nothing meets, with why their units are looked at. */
export function listMissing(facts: CopyFacts): StoredMissing[] {
  const explanations = new Explanations(facts);
  return (facts.closure?.missing ?? []).map(
    ({ requirement, unit, held, allowed, sentence, step }) => ({
      requirement,
      unit,
      held,
      allowed,
      sentence,
      explanation: explanations.explainStep(step),
    }),
  );
}

/** Puts a copy into the form in which plans are stored. */
export async function recordCopy(
  pairs: readonly CopyPair[],
  facts: CopyFacts,
  planned: readonly PlannedDestination[],
  missing: readonly StoredMissing[],
): Promise<CopyRecord> {
  const explanations = new Explanations(facts);
  const parts: PlanPart[] = [];
  for (const [position, { destination, change }] of planned.entries()) {
    const units = destination.units.map(({ id, cause, entry }) => ({
      id,
      cause,
      explanation: cause === 'requested' ? [] : explanations.explain(entry, id),
    }));
    for (const { section, changes } of sectionsOf(
      position,
      change.plan,
      units,
    )) {
      parts.push(...(await packList('units', changes, section)));
    }
  }
  parts.push(...(await packList('missing', missing)));
  for (const [position, { change }] of planned.entries()) {
    const { add } = change.request;
    parts.push(
      ...(await packList('additions', add, { destination: position })),
    );
  }
  if (facts.question) {
    parts.push(...(await packList('question', [facts.question])));
  }
  return {
    digest: digestOf(planned.map(({ change }) => change.plan)),
    versions: versionsOf(pairs, planned),
    parts,
  };
}

function versionsOf(
  pairs: readonly CopyPair[],
  planned: readonly PlannedDestination[],
): PlanVersions {
  const sources = new Map(pairs.map(({ source }) => [source.id, source]));
  const first = planned.map(({ destination }) => pairs[destination.entries[0]]);
  return {
    source: [...sources.values()].map(toPlanVersion),
    base: first.map(({ latest }) => toPlanVersion(latest)),
    start: first.map(({ base }) => base && toPlanVersion(base)),
    applied: [],
  };
}

function toPlanVersion(version: VersionRecord): PlanVersion {
  const { id, repositoryId, repositoryUuid, number } = version;
  return { versionId: id, repositoryId, repositoryUuid, number };
}

import { chunksOf } from '../database/chunks';
import { pause } from '../database/pause';
import type { VersionRecord } from '../repository';
import {
  digestOf,
  packList,
  sectionsOf,
  type NewPlan,
  type PlanPart,
  type PlanVersion,
  type PlanVersions,
  type StoredChange,
  type StoredMissing,
} from '../plan';
import type { Explanations } from './planning/Explanations';
import type { CopyFacts } from './planning/planDestinations';
import type { PlannedDestination } from './planning/planVersions';
import type { CopyPair } from './planning/prepareCopy';

/** What a plan has of a copy besides what it tells. */
export interface CopyRecord extends Pick<NewPlan, 'digest' | 'versions'> {
  parts: PlanPart[];
}

/** Explanations made in one go; takes a few milliseconds. */
const EXPLAINED = 250;

/** The requirements that nothing meets, with why their units are looked at. */
export async function listMissing(
  { closure }: CopyFacts,
  explanations: Explanations,
): Promise<StoredMissing[]> {
  const missing: StoredMissing[] = [];
  for (const chunk of chunksOf(closure?.missing ?? [], EXPLAINED)) {
    for (const { entry, problem: _, step, ...told } of chunk) {
      const explanation = explanations.explainStep(Number(entry), step);
      missing.push({ ...told, explanation });
    }
    await pause();
  }
  return missing;
}

/** Puts a copy into the form in which plans are stored. */
export async function recordCopy(
  pairs: readonly CopyPair[],
  facts: CopyFacts,
  planned: readonly PlannedDestination[],
  missing: readonly StoredMissing[],
  explanations: Explanations,
): Promise<CopyRecord> {
  const parts: PlanPart[] = [];
  for (const [position, { destination, change }] of planned.entries()) {
    const { units } = destination;
    const entries = new Map<number, number>();
    for (const { id, entry } of units) entries.set(id, entry);
    await pause();
    const explained = (stored: StoredChange): StoredChange => {
      const entry = entries.get(stored.unit as number)!;
      const explanation = explanations.explain(entry, stored.unit as number);
      return { ...stored, explanation };
    };
    for (const { section, changes } of await sectionsOf(
      position,
      change.plan,
      units,
    )) {
      const isExplained =
        section.change === 'added' &&
        (section.cause === 'dependency' || section.cause === 'child');
      parts.push(
        ...(await packList(
          'units',
          changes,
          section,
          isExplained ? explained : undefined,
        )),
      );
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

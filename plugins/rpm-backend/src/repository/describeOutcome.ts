import type { VersionResult } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { versionHrefOf } from '../identifiers';
import type { TaskOutcome } from '../tasks/types';
import { NAMED_UNITS, PlanUnitNames } from './PlanUnitNames';
import type {
  VersionOutcome,
  VersionPlan,
  VersionRecord,
} from './versionTypes';

/** Units that left, or did not come, although nobody asked for just that. */
function consequencesOf({ removed, rejected }: VersionPlan) {
  return [...removed, ...rejected].filter(
    ({ reason }) => reason.kind !== 'requested' && reason.kind !== 'base',
  );
}

/** `<repository href>versions/<number>/` */
export function hrefOfVersion(
  version: Pick<VersionRecord, 'repositoryUuid' | 'number'>,
): string {
  return versionHrefOf(version.repositoryUuid, version.number);
}

/**
 * What a task tells of the version that it made, or did not make because nothing would change:
 * outcome, href, counts, and each unit that was replaced or left for another reason than having
 * been asked to.
 */
export async function describeOutcome(
  knex: Knex,
  { outcome, version, plan, deletedVersions }: VersionOutcome,
): Promise<{ createdResources: string[]; result: VersionResult }> {
  const created = outcome === 'created';
  const consequences = consequencesOf(plan);
  const removed = consequences.slice(0, NAMED_UNITS);
  const decisions = plan.advisoryDecisions.slice(0, NAMED_UNITS);
  const overlaps = plan.pathOverlaps.slice(0, NAMED_UNITS);
  const losses = plan.modularLosses.slice(0, NAMED_UNITS);
  const names = await PlanUnitNames.read(knex, {
    removed,
    decisions,
    merged: plan.mergedAdvisories,
    overlaps,
    losses,
  });
  return {
    createdResources: created ? [hrefOfVersion(version)] : [],
    result: {
      outcome,
      version: hrefOfVersion(version),
      number: version.number,
      counts: created
        ? version.counts
        : { added: {}, removed: {}, present: version.counts.present },
      consequence_count: consequences.length,
      consequences: removed.map(unit => names.removed(unit)),
      advisory_decision_count: plan.advisoryDecisions.length,
      advisory_decisions: decisions.map(decision => names.decision(decision)),
      path_overlap_count: plan.pathOverlaps.length,
      path_overlaps: overlaps.map(overlap => names.overlap(overlap)),
      warnings: losses.map(loss => names.loss(loss)),
      warning_count: plan.modularLosses.length,
      deleted_version_count: deletedVersions.length,
      deleted_versions: deletedVersions
        .slice(0, NAMED_UNITS)
        .map(({ number }) => versionHrefOf(version.repositoryUuid, number)),
    },
  } satisfies TaskOutcome;
}

import type {
  AdditionReason,
  DryRunResult,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { readUnitFacts } from '../database/operations/versions';
import { changedCounts, countTypes } from '../database/unitCounts';
import { hrefOfVersion } from './describeOutcome';
import { NAMED_UNITS, PlanUnitNames } from './PlanUnitNames';
import type { UnitCounts, VersionPlan, VersionRecord } from './versionTypes';

/**
 * What a task tells of a version that it only planned: what would come in and go, why, and what the
 * rules that remove old units spared.
 *
 * @param requested - the unit ids that were to be added
 * @param latest - the version that the plan was made against
 */
export async function describeDryRun(
  knex: Knex,
  plan: VersionPlan,
  requested: readonly number[],
  latest: VersionRecord,
): Promise<DryRunResult> {
  const added = plan.added.slice(0, NAMED_UNITS);
  const removed = plan.removed.slice(0, NAMED_UNITS);
  const rejected = plan.rejected.slice(0, NAMED_UNITS);
  const kept = plan.kept.slice(0, NAMED_UNITS);
  const decisions = plan.advisoryDecisions.slice(0, NAMED_UNITS);
  const overlaps = plan.pathOverlaps.slice(0, NAMED_UNITS);
  const losses = plan.modularLosses.slice(0, NAMED_UNITS);
  const names = await PlanUnitNames.read(knex, {
    ids: [...added, ...kept.map(({ unitId }) => unitId)],
    removed: [...removed, ...rejected],
    decisions,
    merged: plan.mergedAdvisories,
    overlaps,
    losses,
  });
  const reasonOf = additionReasons(plan, requested);
  const changes = await countPlanned(knex, plan);
  return {
    dry_run: true,
    outcome: plan.added.length || plan.removed.length ? 'created' : 'unchanged',
    version: hrefOfVersion(latest),
    counts: {
      ...changes,
      present: changedCounts(latest.counts.present, changes),
    },
    added: added.map(unitId => ({
      ...names.of(unitId),
      reason: reasonOf(unitId),
    })),
    added_count: plan.added.length,
    removed: removed.map(unit => names.removed(unit)),
    removed_count: plan.removed.length,
    rejected: rejected.map(unit => names.removed(unit)),
    rejected_count: plan.rejected.length,
    kept: kept.map(({ unitId, reason }) => ({ ...names.of(unitId), reason })),
    kept_count: plan.kept.length,
    advisory_decisions: decisions.map(decision => names.decision(decision)),
    advisory_decision_count: plan.advisoryDecisions.length,
    path_overlaps: overlaps.map(overlap => names.overlap(overlap)),
    path_overlap_count: plan.pathOverlaps.length,
    warnings: losses.map(loss => names.loss(loss)),
    warning_count: plan.modularLosses.length,
  };
}

function additionReasons(
  { advisoryDecisions }: VersionPlan,
  requested: readonly number[],
): (unitId: number) => AdditionReason {
  const asked = new Set(requested);
  const merged = new Set(
    advisoryDecisions.flatMap(({ decision, keptUnitId }) =>
      decision === 'merged' ? keptUnitId : [],
    ),
  );
  return unitId => {
    if (merged.has(unitId)) return 'merged';
    return asked.has(unitId) ? 'requested' : 'base';
  };
}

async function countPlanned(
  knex: Knex,
  plan: VersionPlan,
): Promise<{ added: UnitCounts; removed: UnitCounts }> {
  const merged = plan.mergedAdvisories.map(() => ({
    type: 'rpm.advisory' as const,
  }));
  const stored = plan.added.filter(id => id > 0);
  const removed = plan.removed.map(({ unitId }) => unitId);
  return {
    added: countTypes([...(await readUnitFacts(knex, stored)), ...merged]),
    removed: countTypes(await readUnitFacts(knex, removed)),
  };
}

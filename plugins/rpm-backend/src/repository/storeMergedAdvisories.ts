import type { Knex } from 'knex';
import { saveAdvisories } from '../database/operations/content-units';
import type { RemovalReason, VersionPlan } from './versionTypes';

/**
 * Stores the advisories that a plan merges others into, in a short transaction of its own as all
 * content: nothing holds them until the plan is applied.
 *
 * @returns the plan with the ids that they have now
 */
export async function storeMergedAdvisories(
  knex: Knex,
  plan: VersionPlan,
): Promise<VersionPlan> {
  const { mergedAdvisories: merged } = plan;
  if (!merged.length) return plan;
  const stored = await saveAdvisories(
    knex,
    merged.map(({ advisory }) => advisory),
  );
  const ids = new Map(
    merged.map(({ unitId }, index) => [unitId, stored[index]]),
  );
  const settle = (id: number) => ids.get(id) ?? id;
  const explain = (reason: RemovalReason): RemovalReason =>
    reason.kind === 'advisory'
      ? { ...reason, keptUnitId: settle(reason.keptUnitId) }
      : reason;
  return {
    ...plan,
    added: plan.added.map(settle).sort((a, b) => a - b),
    removed: plan.removed.map(({ unitId, reason }) => ({
      unitId,
      reason: explain(reason),
    })),
    rejected: plan.rejected.map(({ unitId, reason }) => ({
      unitId,
      reason: explain(reason),
    })),
    advisoryDecisions: plan.advisoryDecisions.map(decision => ({
      ...decision,
      keptUnitId: settle(decision.keptUnitId),
    })),
    mergedAdvisories: [],
  };
}

import type { Knex } from 'knex';
import {
  PLAN_ROLES,
  type NewPlan,
  type PlanPart,
  type PlanVersion,
} from '../../../plan/types';
import { chunksBySize } from '../../chunks';
import type { DbPlanPartRow, DbPlanRow, DbPlanVersionRow } from '../../tables';
import { currentTimestamp } from '../../time';

/** Bytes and rows written by one statement; keeps each SQLite call short. */
const STATEMENT = { maxCount: 50, maxSize: 1_000_000 };

/** Stores a plan with its lists, whose pieces are in order. */
export async function insertPlan(
  trx: Knex.Transaction,
  plan: NewPlan,
  parts: readonly PlanPart[],
): Promise<void> {
  const now = currentTimestamp();
  const [{ id }] = await trx<DbPlanRow>('plan')
    .insert({
      uuid: plan.uuid,
      created_at: now,
      updated_at: now,
      kind: 'copy',
      state: plan.state,
      created_by: plan.createdBy ?? null,
      reason: plan.reason ?? null,
      task_id: plan.taskId,
      digest: plan.digest,
      expires_at: plan.expiresAt,
      inputs_json: JSON.stringify(plan.inputs),
      result_json: JSON.stringify(plan.result),
      refusal: plan.refusal ?? null,
    })
    .returning('id');
  for (const role of PLAN_ROLES) {
    await insertPlanVersions(trx, id, role, plan.versions[role]);
  }
  const rows = parts.map(
    ({ list, section, count, content }, position): DbPlanPartRow => ({
      plan_id: id,
      position,
      list,
      destination: section.destination ?? null,
      change: section.change ?? null,
      cause: section.cause ?? null,
      count,
      content,
    }),
  );
  const bytesOf = ({ content }: DbPlanPartRow) => content.length;
  for (const chunk of chunksBySize(rows, bytesOf, STATEMENT)) {
    await trx<DbPlanPartRow>('plan_part').insert(chunk);
  }
}

async function insertPlanVersions(
  trx: Knex.Transaction,
  planId: number,
  role: string,
  versions: readonly (PlanVersion | undefined)[],
): Promise<void> {
  const rows = versions.flatMap((version, position): DbPlanVersionRow[] =>
    version
      ? [
          {
            plan_id: planId,
            role,
            position,
            repository_id: version.repositoryId,
            repository_uuid: version.repositoryUuid,
            version_id: version.versionId,
            number: version.number,
          },
        ]
      : [],
  );
  if (rows.length) await trx.batchInsert('plan_version', rows, 100);
}

/**
 * Notes that a plan was carried out, in the transaction that does so. Its additions are not needed
 * any more.
 *
 * @param versions - those that it made, at the positions of their destinations
 * @returns false when it was applied already, or is deleted
 */
export async function markPlanApplied(
  trx: Knex.Transaction,
  id: number,
  versions: readonly (PlanVersion | undefined)[],
): Promise<boolean> {
  const updated = await trx<DbPlanRow>('plan')
    .where({ id, state: 'planned' })
    .update({ state: 'applied', updated_at: currentTimestamp() });
  if (updated !== 1) return false;
  await insertPlanVersions(trx, id, 'applied', versions);
  await trx<DbPlanPartRow>('plan_part')
    .where({ plan_id: id, list: 'additions' })
    .delete();
  return true;
}

/** Deletes plans whose time is over. */
export async function deleteExpiredPlans(
  knex: Knex,
  now: string,
): Promise<void> {
  for (;;) {
    const ids = knex<DbPlanRow>('plan')
      .select('id')
      .where('expires_at', '<=', now)
      .limit(50);
    if (!(await knex<DbPlanRow>('plan').whereIn('id', ids).delete())) return;
  }
}

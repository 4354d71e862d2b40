import type { Knex } from 'knex';
import type { DbTaskRow } from '../../tables';
import { currentTimestamp } from '../../time';

/** Any number; it only has to be the same in all replicas. */
const CLAIM_LOCK = 7_210_411;

/**
 * Takes the oldest task whose reservations are free for a worker, or returns undefined.
 *
 * @remarks
 * A task may start when no task that came earlier, and none that runs, holds one of its resources
 * in a conflicting way: first in, first out for each resource, in parallel otherwise. Ids are given
 * before commits, so an earlier task can become visible late; that is why running tasks count
 * whatever their id, and why claims of all replicas are taken one after the other (an advisory lock
 * on PostgreSQL, the single writer on SQLite).
 */
export async function claimTask(
  knex: Knex,
  workerId: string,
): Promise<DbTaskRow | undefined> {
  const isPostgres = knex.client.config.client === 'pg';
  return knex.transaction(async trx => {
    if (isPostgres) {
      await trx.raw('select pg_advisory_xact_lock(?)', [CLAIM_LOCK]);
    }
    const candidates = trx<DbTaskRow>('task')
      .select('task.*')
      .where('task.state', 'waiting')
      .whereNotExists(
        trx('task_reservation as mine')
          .select(trx.raw('1'))
          .join('task_reservation as other', join =>
            join
              .on('other.resource', 'mine.resource')
              .andOn('other.task_id', '<>', 'mine.task_id'),
          )
          .join('task as holder', 'holder.id', 'other.task_id')
          .whereRaw('mine.task_id = task.id')
          .where('other.held', true)
          .where(either =>
            either
              .whereRaw('holder.id < task.id')
              .orWhereNot('holder.state', 'waiting'),
          )
          .where(either =>
            either
              .where('mine.exclusive', true)
              .orWhere('other.exclusive', true),
          ),
      )
      .orderBy('task.id')
      .first();
    const task = await (isPostgres
      ? candidates.forUpdate('task').skipLocked()
      : candidates);
    if (!task) return undefined;

    const now = currentTimestamp();
    const claim = {
      state: 'running',
      worker_id: workerId,
      unblocked_at: now,
      started_at: now,
      updated_at: now,
    };
    await trx<DbTaskRow>('task').where('id', task.id).update(claim);
    return { ...task, ...claim };
  });
}

/**
 * Puts back what a worker has claimed without knowing it, because the answer to its claim was lost.
 *
 * @param known - ids of the tasks that it runs
 */
export async function releaseClaims(
  knex: Knex,
  workerId: string,
  known: readonly number[],
): Promise<void> {
  await knex<DbTaskRow>('task')
    .where({ worker_id: workerId, state: 'running' })
    .whereNotIn('id', known)
    .update({
      state: 'waiting',
      worker_id: null,
      unblocked_at: null,
      started_at: null,
      updated_at: currentTimestamp(),
    });
}

import type { Knex } from 'knex';
import type { TaskState } from '@rpmportal/backstage-plugin-rpm-common';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbTaskReservationRow, DbTaskRow } from '../../tables';
import { currentTimestamp } from '../../time';
import type { TaskOutcome } from '../../../tasks/types';

/** The end of a task: its final state and whatever else of the row ends with it. */
export interface TaskEnd {
  state: Extract<TaskState, 'completed' | 'failed' | 'canceled'>;
  changes?: Partial<DbTaskRow>;
}

/**
 * Makes tasks final and frees what they reserved, both or neither.
 *
 * @param select - which tasks; only those that are not final are touched
 * @returns how many ended
 */
export async function finishTasks(
  knex: Knex,
  select: (query: Knex.QueryBuilder) => void,
  end: TaskEnd,
): Promise<number> {
  return knex.transaction(async trx => {
    const now = currentTimestamp();
    const query = trx<DbTaskRow>('task').whereIn('state', [
      'waiting',
      'running',
      'canceling',
    ]);
    select(query);
    const ended = await query
      .update({
        ...end.changes,
        state: end.state,
        finished_at: now,
        updated_at: now,
      })
      .returning('id');
    for (const chunk of chunksOf(ended)) {
      await trx<DbTaskReservationRow>('task_reservation')
        .whereIn(
          'task_id',
          chunk.map(({ id }) => id),
        )
        .update({ held: false });
      await pause();
    }
    return ended.length;
  });
}

/** Ends a task that its caller has done itself, in the transaction that queued it. */
export async function recordDone(
  trx: Knex.Transaction,
  taskId: number,
  outcome: TaskOutcome,
): Promise<void> {
  const now = currentTimestamp();
  await finishTasks(trx, query => query.where('id', taskId), {
    state: 'completed',
    changes: {
      unblocked_at: now,
      started_at: now,
      committed: true,
      result_json:
        outcome.result === undefined ? null : JSON.stringify(outcome.result),
      created_resources_json: JSON.stringify(outcome.createdResources ?? []),
    },
  });
}

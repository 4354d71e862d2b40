import type { Knex } from 'knex';
import {
  FINAL_TASK_STATES,
  type ProgressReport,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { DbTaskRow } from '../../tables';
import { currentTimestamp } from '../../time';

/** Stores the progress reports of a task that this worker runs; of one that has ended, its end tells. */
export async function writeProgress(
  knex: Knex,
  taskId: number,
  workerId: string,
  progress: ProgressReport[],
): Promise<void> {
  await knex<DbTaskRow>('task')
    .where({ id: taskId, worker_id: workerId })
    .whereIn('state', ['running', 'canceling'])
    .update({
      progress_json: JSON.stringify(progress),
      updated_at: currentTimestamp(),
    });
}

/**
 * Asks the worker of a running task to stop.
 *
 * @returns false when the task does not run, or its changes are already made
 */
export async function requestCancel(
  knex: Knex,
  taskId: number,
): Promise<boolean> {
  const updated = await knex<DbTaskRow>('task')
    .where({ id: taskId, state: 'running', committed: false })
    .update({ state: 'canceling', updated_at: currentTimestamp() });
  return updated === 1;
}

/** As {@link requestCancel}, of all tasks of a group. */
export async function requestCancelOfGroup(
  knex: Knex,
  groupId: number,
): Promise<void> {
  await knex<DbTaskRow>('task')
    .where({ task_group_id: groupId, state: 'running', committed: false })
    .update({ state: 'canceling', updated_at: currentTimestamp() });
}

/** Deletes the record of a final task; false when it is not final. */
export async function deleteTask(knex: Knex, taskId: number): Promise<boolean> {
  const deleted = await knex<DbTaskRow>('task')
    .where('id', taskId)
    .whereIn('state', FINAL_TASK_STATES)
    .delete();
  return deleted === 1;
}

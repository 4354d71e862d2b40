import type { Knex } from 'knex';
import type { DbTaskRow } from '../../tables';
import type { TaskOutcome } from '../../../tasks/types';

/**
 * Records a task's outcome inside the transaction that makes its changes visible.
 *
 * @returns false when the task is not running under this worker any more
 */
export async function commitTask(
  trx: Knex.Transaction,
  taskId: number,
  workerId: string,
  outcome: TaskOutcome,
): Promise<boolean> {
  const updated = await trx<DbTaskRow>('task')
    .where({ id: taskId, worker_id: workerId, state: 'running' })
    .update({
      committed: true,
      result_json:
        outcome.result === undefined ? null : JSON.stringify(outcome.result),
      created_resources_json: JSON.stringify(outcome.createdResources ?? []),
    });
  return updated === 1;
}

import type { Knex } from 'knex';
import { finishTasks, insertTask } from '../database/operations/tasks';
import type { DbTaskRow, DbTaskWorkerRow } from '../database/tables';
import { parseReference, prnOf } from '../identifiers';

/** Of a replica that is alive as long as tests run, and does nothing. */
const WORKER = 'elsewhere';

/**
 * Lets a task of another replica have a repository for itself, so that others wait.
 *
 * @param repository - href
 * @returns what ends it
 */
export async function keepBusy(
  knex: Knex,
  repository: string,
): Promise<() => Promise<void>> {
  const reference = parseReference(repository);
  if (reference?.kind !== 'repository') throw new Error(repository);
  await knex<DbTaskWorkerRow>('task_worker')
    .insert({ id: WORKER, started_at: '2020', heartbeat_at: '9999' })
    .onConflict('id')
    .ignore();
  const id = await knex.transaction(async trx => {
    const task = await insertTask(trx, {
      name: 'busy',
      input: {},
      reservations: { exclusive: [prnOf('repository', reference.uuid)] },
      createdBy: undefined,
    });
    await trx<DbTaskRow>('task')
      .where({ id: task.id })
      .update({ state: 'running', worker_id: WORKER });
    return task.id;
  });
  return async () => {
    await finishTasks(knex, query => query.where({ id }), {
      state: 'completed',
    });
  };
}

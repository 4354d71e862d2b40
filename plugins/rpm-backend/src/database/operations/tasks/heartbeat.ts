import type { Knex } from 'knex';
import type { DbTaskRow, DbTaskWorkerRow } from '../../tables';
import { currentTimestamp } from '../../time';

/** Says that a worker is alive. */
export async function recordHeartbeat(
  knex: Knex,
  workerId: string,
): Promise<void> {
  const now = currentTimestamp();
  await knex<DbTaskWorkerRow>('task_worker')
    .insert({ id: workerId, started_at: now, heartbeat_at: now })
    .onConflict('id')
    .merge(['heartbeat_at']);
}

/** Takes a worker off the list of those on line. */
export async function removeWorker(
  knex: Knex,
  workerId: string,
): Promise<void> {
  await knex<DbTaskWorkerRow>('task_worker').where('id', workerId).delete();
}

/** The workers whose last heartbeat is not older than `since`. */
export async function listWorkers(
  knex: Knex,
  since: string,
): Promise<DbTaskWorkerRow[]> {
  return knex<DbTaskWorkerRow>('task_worker')
    .where('heartbeat_at', '>=', since)
    .orderBy('id');
}

/** Which of a worker's tasks somebody asked to cancel. */
export async function listCancelRequests(
  knex: Knex,
  workerId: string,
): Promise<number[]> {
  const rows = await knex<DbTaskRow>('task')
    .select('id')
    .where({ worker_id: workerId, state: 'canceling' });
  return rows.map(row => row.id);
}

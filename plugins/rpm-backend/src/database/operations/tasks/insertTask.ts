import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { TaskSpec } from '../../../tasks/types';
import type { DbTaskReservationRow, DbTaskRow } from '../../tables';
import { currentTimestamp } from '../../time';

/** Puts a task with its reservations into the queue; to be called in a transaction. */
export async function insertTask(
  trx: Knex.Transaction,
  spec: TaskSpec,
): Promise<{ id: number; uuid: string }> {
  const now = currentTimestamp();
  const uuid = uuidv7();
  const [{ id }] = await trx<DbTaskRow>('task')
    .insert({
      uuid,
      created_at: now,
      updated_at: now,
      name: spec.name,
      state: 'waiting',
      input_json: JSON.stringify(spec.input ?? null),
      created_by: spec.createdBy ?? null,
      logging_cid: spec.loggingCid ?? uuidv7().replaceAll('-', ''),
      committed: false,
      progress_json: '[]',
      created_resources_json: '[]',
    })
    .returning('id');

  const exclusive = new Set(spec.reservations.exclusive ?? []);
  const shared = new Set(spec.reservations.shared ?? []);
  const reservations: DbTaskReservationRow[] = [
    ...[...exclusive].map(resource => ({ resource, exclusive: true })),
    ...[...shared]
      .filter(resource => !exclusive.has(resource))
      .map(resource => ({ resource, exclusive: false })),
  ].map(reservation => ({ ...reservation, task_id: id, held: true }));
  if (reservations.length) {
    await trx.batchInsert('task_reservation', reservations, 500);
  }
  return { id, uuid };
}

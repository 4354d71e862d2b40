import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { TaskSpec } from '../../../tasks/types';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbTaskReservationRow, DbTaskRow } from '../../tables';
import { currentTimestamp } from '../../time';

/** Puts a task with its reservations into the queue; to be called in a transaction. */
export async function insertTask(
  trx: Knex.Transaction,
  spec: TaskSpec,
): Promise<{ id: number; uuid: string }> {
  const [inserted] = await insertTasks(trx, [spec]);
  return inserted;
}

/**
 * Puts tasks with their reservations into the queue, in this order; to be called in a transaction.
 *
 * @param groupId - the group that all of them belong to
 */
export async function insertTasks(
  trx: Knex.Transaction,
  specs: readonly TaskSpec[],
  groupId?: number,
): Promise<{ id: number; uuid: string }[]> {
  const all: { id: number; uuid: string }[] = [];
  // 700 parameters at most.
  for (const chunk of chunksOf(specs, 50)) {
    const rows = chunk.map(spec => toRow(spec, groupId));
    const inserted = await trx<DbTaskRow>('task')
      .insert(rows)
      .returning(['id', 'uuid']);
    const idOf = new Map(inserted.map(({ id, uuid }) => [uuid, id]));
    const tasks = rows.map(({ uuid }) => ({ id: idOf.get(uuid)!, uuid }));
    const reservations = tasks.flatMap(({ id }, index) =>
      toReservations(id, chunk[index]),
    );
    await trx.batchInsert('task_reservation', reservations, 500);
    all.push(...tasks);
    await pause();
  }
  return all;
}

function toRow(spec: TaskSpec, groupId: number | undefined) {
  const now = currentTimestamp();
  return {
    uuid: uuidv7(),
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
    task_group_id: groupId ?? null,
    parent_task_id: spec.parentTask ?? null,
  };
}

function toReservations(
  taskId: number,
  { reservations }: TaskSpec,
): DbTaskReservationRow[] {
  const exclusive = new Set(reservations.exclusive ?? []);
  const shared = new Set(reservations.shared ?? []);
  return [
    ...[...exclusive].map(resource => ({ resource, exclusive: true })),
    ...[...shared]
      .filter(resource => !exclusive.has(resource))
      .map(resource => ({ resource, exclusive: false })),
  ].map(reservation => ({ ...reservation, task_id: taskId, held: true }));
}

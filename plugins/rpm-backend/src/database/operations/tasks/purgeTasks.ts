import type { Knex } from 'knex';
import type { DbTaskGroupRow, DbTaskRow } from '../../tables';

/** Records deleted by one statement; keeps each SQLite call short. */
const CHUNK = 500;

/** Which records to delete. */
export interface Purge {
  /** A time stamp. */
  finishedBefore: string;
  /** Final ones. */
  states: readonly string[];
}

/** Deletes a chunk of the records, and tells how many; 0 when none are left. */
export async function purgeTasks(
  knex: Knex,
  { finishedBefore, states }: Purge,
): Promise<number> {
  return knex<DbTaskRow>('task')
    .whereIn(
      'id',
      knex<DbTaskRow>('task')
        .select('id')
        .whereIn('state', states)
        .where('finished_at', '<', finishedBefore)
        .orderBy('id')
        .limit(CHUNK),
    )
    .delete();
}

/** Deletes a chunk of the groups that have no tasks any more, and tells how many. */
export async function purgeEmptyGroups(
  knex: Knex,
  createdBefore: string,
): Promise<number> {
  return knex<DbTaskGroupRow>('task_group')
    .whereIn(
      'id',
      knex<DbTaskGroupRow>('task_group')
        .select('id')
        .where('created_at', '<', createdBefore)
        .whereNotExists(
          knex<DbTaskRow>('task')
            .select(knex.raw('1'))
            .whereRaw('task.task_group_id = task_group.id'),
        )
        .limit(CHUNK),
    )
    .delete();
}

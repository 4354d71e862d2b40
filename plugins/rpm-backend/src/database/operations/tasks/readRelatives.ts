import type { Knex } from 'knex';
import type { DbTaskGroupRow, DbTaskRow } from '../../tables';

/** UUIDs of what tasks are related to, by internal ids. */
export interface Relatives {
  /** By the parent's id. */
  parents: ReadonlyMap<number, string>;
  /** By the parent's id, oldest first. */
  children: ReadonlyMap<number, string[]>;
  /** By the group's id. */
  groups: ReadonlyMap<number, string>;
}

/** What one page of tasks is related to. */
export async function readRelatives(
  knex: Knex,
  tasks: readonly Pick<DbTaskRow, 'id' | 'parent_task_id' | 'task_group_id'>[],
): Promise<Relatives> {
  const uuids = async (
    table: 'task' | 'task_group',
    ids: readonly (number | null)[],
  ) => {
    const wanted = [...new Set(ids)].filter(id => id !== null);
    if (!wanted.length) return new Map<number, string>();
    const rows = await knex<DbTaskGroupRow>(table)
      .select('id', 'uuid')
      .whereIn('id', wanted);
    return new Map(rows.map(({ id, uuid }) => [id, uuid]));
  };
  const children = new Map<number, string[]>();
  const rows = await knex<DbTaskRow>('task')
    .select('uuid', 'parent_task_id')
    .whereIn(
      'parent_task_id',
      tasks.map(({ id }) => id),
    )
    .orderBy('id');
  for (const { uuid, parent_task_id: parent } of rows) {
    children.set(parent!, [...(children.get(parent!) ?? []), uuid]);
  }
  return {
    parents: await uuids(
      'task',
      tasks.map(task => task.parent_task_id),
    ),
    children,
    groups: await uuids(
      'task_group',
      tasks.map(task => task.task_group_id),
    ),
  };
}

import type { Knex } from 'knex';
import type {
  ListQuery,
  TaskState,
} from '@rpmportal/backstage-plugin-rpm-common';
import { v7 as uuidv7 } from 'uuid';
import type { TaskVisibility } from '../../../permissions/AccessControl';
import type {
  MinimalTaskRecord,
  TaskGroupRecord,
  TaskGroupSpec,
} from '../../../tasks/types';
import { chunksOf } from '../../chunks';
import { listPage, type RowPage } from '../../pages';
import { pause } from '../../pause';
import type { DbTaskGroupRow, DbTaskRow } from '../../tables';
import { currentTimestamp } from '../../time';
import { whereTaskVisible } from './whereTaskVisible';

/** Records a group, whose tasks are to be inserted in the same transaction. */
export async function insertTaskGroup(
  trx: Knex.Transaction,
  spec: TaskGroupSpec,
): Promise<{ id: number; uuid: string }> {
  const now = currentTimestamp();
  const uuid = uuidv7();
  const [{ id }] = await trx<DbTaskGroupRow>('task_group')
    .insert({
      uuid,
      created_at: now,
      updated_at: now,
      description: spec.description,
      created_by: spec.createdBy ?? null,
      progress_json: JSON.stringify([spec.progress]),
    })
    .returning('id');
  return { id, uuid };
}

/** The group with this UUID if it is among the visible ones, or undefined. */
export async function readTaskGroup(
  knex: Knex,
  uuid: string,
  visible: TaskVisibility,
): Promise<TaskGroupRecord | undefined> {
  const query = knex<DbTaskGroupRow>('task_group').where({ uuid });
  whereGroupVisible(knex, query, visible);
  const [group] = await toRecords(knex, await query, visible);
  return group;
}

/** One page of the visible groups, newest first. */
export async function listTaskGroups(
  knex: Knex,
  filters: ListQuery,
  visible: TaskVisibility,
): Promise<RowPage<TaskGroupRecord>> {
  const query = knex<DbTaskGroupRow>('task_group');
  whereGroupVisible(knex, query, visible);
  const page = await listPage<DbTaskGroupRow>(knex, query, filters, {
    table: 'task_group',
    columns: { pulp_created: 'task_group.created_at' },
  });
  return { ...page, rows: await toRecords(knex, page.rows, visible) };
}

/** A group is seen by who made it and by who sees one of its tasks. */
function whereGroupVisible(
  knex: Knex,
  query: Knex.QueryBuilder,
  visible: TaskVisibility,
): void {
  if (visible === 'all') return;
  const tasks = knex('task')
    .select(knex.raw('1'))
    .whereRaw('task.task_group_id = task_group.id');
  whereTaskVisible(knex, tasks, visible);
  query.where(either => {
    if (visible.startedBy !== undefined) {
      either.where('task_group.created_by', visible.startedBy);
    }
    either.orWhereExists(tasks);
  });
}

async function toRecords(
  knex: Knex,
  rows: readonly DbTaskGroupRow[],
  visible: TaskVisibility,
): Promise<TaskGroupRecord[]> {
  const tasks = await readTasksOf(
    knex,
    rows.map(({ id }) => id),
    visible,
  );
  return rows.map(row => ({
    id: row.id,
    uuid: row.uuid,
    description: row.description,
    createdBy: row.created_by ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    progress: JSON.parse(row.progress_json),
    tasks: tasks.get(row.id) ?? [],
  }));
}

/** The visible tasks of groups, by group. */
async function readTasksOf(
  knex: Knex,
  groupIds: readonly number[],
  visible: TaskVisibility,
): Promise<Map<number, MinimalTaskRecord[]>> {
  const byGroup = new Map<number, MinimalTaskRecord[]>(
    groupIds.map(id => [id, []]),
  );
  for (const chunk of chunksOf(groupIds)) {
    const query = knex<DbTaskRow>('task')
      .select(
        'uuid',
        'name',
        'state',
        'created_at',
        'updated_at',
        'unblocked_at',
        'started_at',
        'finished_at',
        'worker_id',
        'task_group_id',
      )
      .whereIn('task_group_id', chunk)
      .orderBy('task.id');
    whereTaskVisible(knex, query, visible);
    for (const row of await query) {
      byGroup.get(row.task_group_id!)!.push({
        uuid: row.uuid,
        name: row.name,
        state: row.state as TaskState,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
        unblockedAt: row.unblocked_at ?? undefined,
        startedAt: row.started_at ?? undefined,
        finishedAt: row.finished_at ?? undefined,
        workerId: row.worker_id ?? undefined,
      });
    }
    await pause();
  }
  return byGroup;
}

import type { Knex } from 'knex';
import type {
  ListQuery,
  TaskState,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { TaskVisibility } from '../../../permissions/AccessControl';
import type { TaskRecord } from '../../../tasks/types';
import { listPage, type RowPage } from '../../pages';
import type { DbTaskReservationRow, DbTaskRow } from '../../tables';
import { taskList } from './filterTasks';
import { readPrns } from './readPrns';
import { readRelatives, type Relatives } from './readRelatives';
import { whereTaskVisible } from './whereTaskVisible';

/** Not what a task was given: that can be large, and only its handler wants it. */
const SHOWN = [
  'id',
  'uuid',
  'name',
  'state',
  'created_by',
  'logging_cid',
  'created_at',
  'updated_at',
  'unblocked_at',
  'started_at',
  'finished_at',
  'worker_id',
  'error_json',
  'result_json',
  'progress_json',
  'created_resources_json',
  'task_group_id',
  'parent_task_id',
] as const satisfies (keyof DbTaskRow)[];

/** What the API shows in place of what a task made and somebody has deleted since. */
const UNAVAILABLE = '<unavailable>';

type ShownRow = Pick<DbTaskRow, (typeof SHOWN)[number]>;

const SHOWN_COLUMNS = SHOWN.map(column => `task.${column}`);

function toRecord(
  row: ShownRow,
  reservations: readonly DbTaskReservationRow[],
  prns: ReadonlyMap<string, string>,
  relatives: Relatives,
): TaskRecord {
  const createdResources: string[] = JSON.parse(row.created_resources_json);
  return {
    id: row.id,
    uuid: row.uuid,
    name: row.name,
    state: row.state as TaskState,
    createdBy: row.created_by ?? undefined,
    loggingCid: row.logging_cid,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    unblockedAt: row.unblocked_at ?? undefined,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    workerId: row.worker_id ?? undefined,
    error: row.error_json ? JSON.parse(row.error_json) : undefined,
    result: row.result_json ? JSON.parse(row.result_json) : undefined,
    progress: JSON.parse(row.progress_json),
    createdResources: createdResources.map(href =>
      prns.has(href) ? href : UNAVAILABLE,
    ),
    createdResourcePrns: createdResources.flatMap(href => prns.get(href) ?? []),
    reservations: reservations.map(({ resource, exclusive }) =>
      exclusive ? resource : `shared:${resource}`,
    ),
    parentTask: relatives.parents.get(row.parent_task_id ?? 0),
    childTasks: relatives.children.get(row.id) ?? [],
    taskGroup: relatives.groups.get(row.task_group_id ?? 0),
  };
}

async function toRecords(
  knex: Knex,
  rows: readonly ShownRow[],
): Promise<TaskRecord[]> {
  const reservations = await knex<DbTaskReservationRow>('task_reservation')
    .whereIn(
      'task_id',
      rows.map(row => row.id),
    )
    .orderBy('resource');
  const prns = await readPrns(
    knex,
    rows.flatMap(row => JSON.parse(row.created_resources_json)),
  );
  const relatives = await readRelatives(knex, rows);
  return rows.map(row =>
    toRecord(
      row,
      reservations.filter(reservation => reservation.task_id === row.id),
      prns,
      relatives,
    ),
  );
}

/** The task with this UUID if it is among the visible ones, or undefined. */
export async function readTask(
  knex: Knex,
  uuid: string,
  visible: TaskVisibility,
): Promise<TaskRecord | undefined> {
  const query = knex<DbTaskRow>('task')
    .where({ uuid })
    .first(...SHOWN);
  whereTaskVisible(knex, query, visible);
  const row: ShownRow | undefined = await query;
  return row && (await toRecords(knex, [row]))[0];
}

/** One page of the visible tasks, newest first. */
export async function listTasks(
  knex: Knex,
  filters: ListQuery,
  visible: TaskVisibility,
): Promise<RowPage<TaskRecord>> {
  const query = knex<DbTaskRow>('task');
  whereTaskVisible(knex, query, visible);
  const page = await listPage<ShownRow>(
    knex,
    query,
    filters,
    taskList(knex),
    SHOWN_COLUMNS,
  );
  return { ...page, rows: await toRecords(knex, page.rows) };
}

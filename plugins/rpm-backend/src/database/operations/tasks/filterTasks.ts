import type { Knex } from 'knex';
import { hrefOf, parseReference, prnOf } from '../../../identifiers';
import {
  oneOrMany,
  uuidsOf,
  type FilteredList,
  type WhereFilter,
} from '../../filters';
import type { DbTaskReservationRow, DbTaskRow } from '../../tables';

/** What lists of tasks can be narrowed by. */
export function taskList(knex: Knex): FilteredList {
  return {
    table: 'task',
    columns: {
      state: 'task.state',
      name: 'task.name',
      logging_cid: 'task.logging_cid',
      pulp_created: 'task.created_at',
      unblocked_at: 'task.unblocked_at',
      started_at: 'task.started_at',
      finished_at: 'task.finished_at',
      worker: 'task.worker_id',
    },
    ordered: {
      pulp_last_updated: 'task.updated_at',
      created_by: 'task.created_by',
    },
    filters: {
      ...relationFilters(knex),
      ...oneOrMany('reserved_resources', whereReserved(knex, {})),
      ...oneOrMany(
        'exclusive_resources',
        whereReserved(knex, { exclusive: true }),
      ),
      ...oneOrMany(
        'shared_resources',
        whereReserved(knex, { exclusive: false }),
      ),
      created_resources: (where, name: string) =>
        where.whereRaw('replace(??, ?, ?) <> ??', [
          'task.created_resources_json',
          JSON.stringify(toHref(name)),
          '',
          'task.created_resources_json',
        ]),
    },
  };
}

function relationFilters(knex: Knex): Record<string, WhereFilter> {
  const tasks = (names: string | string[]) =>
    knex<DbTaskRow>('task as related').whereIn('related.uuid', uuidsOf(names));
  return {
    parent_task: (where, name: string) =>
      where.whereIn('task.parent_task_id', tasks(name).select('related.id')),
    ...oneOrMany('child_tasks', (where, names) =>
      where.whereIn('task.id', tasks(names).select('related.parent_task_id')),
    ),
    task_group: (where, name: string) =>
      where.whereIn(
        'task.task_group_id',
        knex('task_group').select('id').whereIn('uuid', uuidsOf(name)),
      ),
  };
}

function whereReserved(
  knex: Knex,
  mode: Partial<Pick<DbTaskReservationRow, 'exclusive'>>,
): WhereFilter {
  return (where, names: string | string[]) =>
    where.whereIn(
      'task.id',
      knex<DbTaskReservationRow>('task_reservation')
        .select('task_id')
        .where(mode)
        .whereIn('resource', [names].flat().map(toResource)),
    );
}

/** Reservations name PRNs, and namespaces that have none. */
function toResource(text: string): string {
  const reference = parseReference(text);
  return reference && 'uuid' in reference
    ? prnOf(reference.kind, reference.uuid)
    : text;
}

/** Tasks record hrefs. A version's PRN does not tell its href. */
function toHref(text: string): string {
  const reference = parseReference(text);
  return reference && reference.kind !== 'version'
    ? hrefOf(reference.kind, reference.uuid)
    : text;
}

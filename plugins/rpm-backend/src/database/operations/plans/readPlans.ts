import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { Visibility } from '../../../permissions/AccessControl';
import type {
  PlanHead,
  PlanRecord,
  PlanRole,
  PlanVersions,
} from '../../../plan/types';
import { chunksOf } from '../../chunks';
import { uuidsOf, type FilteredList } from '../../filters';
import { whereIdIn } from '../../ids';
import { listPage, type RowPage } from '../../pages';
import type { DbPlanRow, DbPlanVersionRow } from '../../tables';

function planList(knex: Knex): FilteredList {
  return {
    table: 'plan',
    columns: {
      state: 'plan.state',
      created_by: 'plan.created_by',
      pulp_created: 'plan.created_at',
    },
    ordered: {
      pulp_last_updated: 'plan.updated_at',
      expires_at: 'plan.expires_at',
      reason: 'plan.reason',
    },
    filters: {
      repository: (where, name) =>
        where.whereExists(
          versionsOf(knex)
            .where('about.role', 'base')
            .whereIn('about.repository_uuid', uuidsOf(name)),
        ),
      task: (where, name) =>
        where.whereIn(
          'plan.task_id',
          knex('task').select('id').whereIn('uuid', uuidsOf(name)),
        ),
    },
  };
}

/** Rows about versions of the plan of the query around. */
function versionsOf(knex: Knex): Knex.QueryBuilder {
  return knex<DbPlanVersionRow>('plan_version as about')
    .select(knex.raw('1'))
    .whereRaw('about.plan_id = plan.id');
}

/**
 * A plan tells of all its sources and destinations, so all of them must be visible. Of those that are
 * deleted nobody can say who may know of them.
 */
function whereVisiblePlan(
  knex: Knex,
  query: Knex.QueryBuilder,
  visible: Visibility,
): void {
  const repositories = knex('repository').select('id');
  if (visible !== 'all') whereIdIn(knex, repositories, 'id', visible.ids);
  query.whereNotExists(
    versionsOf(knex).whereNotIn('about.repository_id', repositories),
  );
}

function plansOf(knex: Knex, visible: Visibility): Knex.QueryBuilder {
  const query = knex<DbPlanRow>('plan').leftJoin(
    'task',
    'task.id',
    'plan.task_id',
  );
  whereVisiblePlan(knex, query, visible);
  return query;
}

interface JoinedRow extends Omit<DbPlanRow, 'result_json'> {
  task_uuid: string | null;
}

/** Not the result, which may be long. */
const SELECTED = [
  'plan.id',
  'plan.uuid',
  'plan.created_at',
  'plan.updated_at',
  'plan.kind',
  'plan.state',
  'plan.created_by',
  'plan.reason',
  'plan.task_id',
  'plan.digest',
  'plan.expires_at',
  'plan.inputs_json',
  'plan.refusal',
  'task.uuid as task_uuid',
];

/** Undefined also for a plan that is about something else than the visible repositories. */
export async function readPlan(
  knex: Knex,
  key: { uuid: string } | { id: number },
  visible: Visibility = 'all',
): Promise<PlanRecord | undefined> {
  const [column, value] = Object.entries(key)[0];
  const row: (JoinedRow & Pick<DbPlanRow, 'result_json'>) | undefined =
    await plansOf(knex, visible)
      .where(`plan.${column}`, value)
      .first(...SELECTED, 'plan.result_json');
  if (!row) return undefined;
  const [head] = await toHeads(knex, [row]);
  return { ...head, result: JSON.parse(row.result_json) };
}

/** One page of plans, newest first. */
export async function listPlans(
  knex: Knex,
  filters: ListQuery,
  visible: Visibility,
): Promise<RowPage<PlanHead>> {
  const page = await listPage<JoinedRow>(
    knex,
    plansOf(knex, visible),
    filters,
    planList(knex),
    SELECTED,
  );
  return { count: page.count, rows: await toHeads(knex, page.rows) };
}

async function toHeads(
  knex: Knex,
  rows: readonly JoinedRow[],
): Promise<PlanHead[]> {
  const versions = new Map<number, PlanVersions>(
    rows.map(({ id }) => [
      id,
      { source: [], base: [], start: [], applied: [] },
    ]),
  );
  for (const chunk of chunksOf([...versions.keys()], 100)) {
    const found = await knex<DbPlanVersionRow>('plan_version').whereIn(
      'plan_id',
      chunk,
    );
    for (const row of found) {
      versions.get(row.plan_id)![row.role as PlanRole][row.position] = {
        repositoryId: row.repository_id,
        repositoryUuid: row.repository_uuid,
        versionId: row.version_id,
        number: row.number,
      };
    }
  }
  return rows.map(row => ({
    id: row.id,
    uuid: row.uuid,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    state: row.state as PlanHead['state'],
    createdBy: row.created_by ?? undefined,
    reason: row.reason ?? undefined,
    taskUuid: row.task_uuid ?? undefined,
    digest: row.digest,
    expiresAt: row.expires_at,
    inputs: JSON.parse(row.inputs_json),
    refusal: row.refusal ?? undefined,
    versions: versions.get(row.id)!,
  }));
}

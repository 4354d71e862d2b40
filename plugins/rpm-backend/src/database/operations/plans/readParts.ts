import type { Knex } from 'knex';
import type { PlanList, PlanPart, PlanSection } from '../../../plan/types';
import type { RowPage } from '../../pages';
import type { DbPlanPartRow } from '../../tables';

/** What of a list is wanted; any where nothing is said. */
export interface SectionFilter {
  destinations?: readonly number[];
  changes?: readonly string[];
  causes?: readonly string[];
}

/** A piece of a list, and which of its items are wanted. */
export interface PartSlice {
  part: PlanPart;
  from: number;
  to: number;
}

function whereSection(
  query: Knex.QueryBuilder,
  { destinations, changes, causes }: SectionFilter,
): void {
  if (destinations) query.whereIn('destination', destinations);
  if (changes) query.whereIn('change', changes);
  if (causes) query.whereIn('cause', causes);
}

/** The pieces of a list with a page of its items; others are not read. */
export async function readPartsOfPage(
  knex: Knex,
  planId: number,
  list: PlanList,
  page: { limit: number; offset: number },
  filter: SectionFilter = {},
): Promise<RowPage<PartSlice>> {
  const query = knex<DbPlanPartRow>('plan_part').where({
    plan_id: planId,
    list,
  });
  whereSection(query, filter);
  const sizes: Pick<DbPlanPartRow, 'position' | 'count'>[] = await query
    .clone()
    .select('position', 'count')
    .orderBy('position');
  const end = page.offset + page.limit;
  const slices = new Map<number, { from: number; to: number }>();
  let count = 0;
  for (const part of sizes) {
    const from = Math.max(page.offset - count, 0);
    const to = Math.min(end - count, part.count);
    if (from < to) slices.set(part.position, { from, to });
    count += part.count;
  }
  const rows: DbPlanPartRow[] = slices.size
    ? await query.whereIn('position', [...slices.keys()]).orderBy('position')
    : [];
  return {
    count,
    rows: rows.map(row => ({
      part: toPart(row),
      ...slices.get(row.position)!,
    })),
  };
}

/** All pieces of a list. */
export async function readPartsOfList(
  knex: Knex,
  planId: number,
  list: PlanList,
): Promise<PlanPart[]> {
  const rows = await knex<DbPlanPartRow>('plan_part')
    .where({ plan_id: planId, list })
    .orderBy('position');
  return rows.map(toPart);
}

function toPart(row: DbPlanPartRow): PlanPart {
  return {
    list: row.list as PlanList,
    section: {
      ...(row.destination !== null && { destination: row.destination }),
      ...(row.change !== null && {
        change: row.change as PlanSection['change'],
      }),
      ...(row.cause !== null && { cause: row.cause as PlanSection['cause'] }),
    },
    count: row.count,
    content: row.content,
  };
}

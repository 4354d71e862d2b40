import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { UnitRecord } from '../../../content-units/types';
import type { VersionScope } from '../../../content-units/versionScopes';
import type { ContentType } from '../../../identifiers';
import type { Visibility } from '../../../permissions/AccessControl';
import { chunksOf } from '../../chunks';
import { applyFilters, givenFilters, type FilteredList } from '../../filters';
import { orderBy, type RowPage } from '../../pages';
import type { DbUnitRow } from '../../tables';
import { storedChange, unitList, whereInScope } from './filterUnits';
import { whereUnitVisible } from './readUnit';
import { toUnitRecord } from './unitRows';
import { UNIT_TABLES } from './unitTables';

interface UnitScope {
  scopes: readonly VersionScope[];
  visible: Visibility;
}

/** A query for unit ids, and the column that holds them. */
interface IdQuery {
  query: Knex.QueryBuilder;
  id: string;
  orders?: FilteredList['ordered'];
  /** As many rows, which are quicker to count. */
  counted?: { query: Knex.QueryBuilder; id: string };
}

/**
 * One page of units, newest first.
 *
 * @remarks
 * The page is found by ids alone, from narrow indexes, and only its own rows are read: 100 of
 * 100,000 packages take about a millisecond. They are read while PostgreSQL still counts.
 *
 * @param type - of all types when undefined
 * @param filters - without those that name versions
 * @param complete - reads what else is wanted of the page's units
 */
export async function listUnits<T>(
  knex: Knex,
  type: ContentType | undefined,
  filters: ListQuery,
  scope: UnitScope,
  complete: (units: UnitRecord[]) => Promise<T[]>,
): Promise<RowPage<T>> {
  const { limit, offset } = filters;
  const isWholeVersion =
    scope.scopes.length === 1 && !givenFilters(filters).length;
  const stored = isWholeVersion
    ? countStored(scope.scopes[0], type)
    : undefined;
  const walk = chooseWalk(knex, type, filters, scope, isWholeVersion);
  const page = readPageIds(walk, filters, stored);
  const [ids, rows, count] = await Promise.all([
    page,
    page.then(async found => complete(await readUnits(knex, found))),
    stored ?? countIds(walk),
  ]);
  const isLastPage = ids.length > 0 && ids.length < limit;
  return {
    // Another transaction may have come between the two.
    count: isLastPage ? offset + ids.length : count,
    rows,
  };
}

/** @param count - of all units of the list, where it is known */
async function readPageIds(
  { query, id, orders }: IdQuery,
  { ordering, limit, offset }: ListQuery,
  count: number | undefined,
): Promise<number[]> {
  const page = query.clone().select(`${id} as id`);
  if (!ordering && count !== undefined && offset > count / 2) {
    // The end is nearer than the beginning, and what lies before a page is walked to skip it.
    const after = Math.max(0, count - offset - limit);
    const size = Math.max(0, count - offset - after);
    const last: { id: number }[] = await page
      .orderBy(id)
      .limit(size)
      .offset(after);
    return last.map(row => row.id).reverse();
  }
  orderBy(page, ordering, id, { pulp_last_updated: id, ...orders });
  const rows: { id: number }[] = await page.limit(limit).offset(offset);
  return rows.map(row => row.id);
}

function chooseWalk(
  knex: Knex,
  type: ContentType | undefined,
  filters: ListQuery,
  scope: UnitScope,
  isWholeVersion: boolean,
): IdQuery {
  const isPlain = !filters.ordering && !givenFilters(filters).length;
  if (isPlain && isWholeVersion) {
    return fromVersion(knex, type, scope.scopes[0]);
  }
  return isPlain && type && !scope.scopes.length
    ? fromType(knex, type, scope)
    : fromUnits(knex, type, filters, scope);
}

/** How many units a version holds, added or removed, as was counted when it was made. */
function countStored(
  { change, version }: VersionScope,
  type: ContentType | undefined,
): number {
  const counts = version.counts[change];
  return type
    ? counts[type] ?? 0
    : Object.values(counts).reduce((sum, one) => sum + one, 0);
}

async function countIds(walk: IdQuery): Promise<number> {
  const { query, id } = walk.counted ?? walk;
  const [{ count }] = await query.clone().count({ count: id });
  return Number(count);
}

async function readUnits(
  knex: Knex,
  ids: readonly number[],
): Promise<UnitRecord[]> {
  const units = new Map<number, UnitRecord>();
  for (const chunk of chunksOf(ids)) {
    const rows = await knex<DbUnitRow>('unit').whereIn('id', chunk);
    for (const row of rows) units.set(row.id, toUnitRecord(row));
  }
  return ids.flatMap(id => units.get(id) ?? []);
}

/** Walks what one version holds, added or removed; nothing else is asked. */
function fromVersion(
  knex: Knex,
  type: ContentType | undefined,
  scope: VersionScope,
): IdQuery {
  const { repositoryId, number } = scope.version;
  const change = storedChange(scope);
  const query = knex('repository_content as held').where(
    'held.repository_id',
    repositoryId,
  );
  if (type) query.where('held.unit_type', type);
  if (change === 'present') {
    // The sign keeps SQLite from using an index that begins with the version: all of a
    // repository's rows would be sorted for each page.
    query
      .whereRaw('+held.version_added <= ?', [number])
      .where(open =>
        open
          .whereNull('held.version_removed')
          .orWhere('held.version_removed', '>', number),
      );
  } else {
    query.where(`held.version_${change}`, number);
  }
  return { query, id: 'held.unit_id' };
}

/** Walks all units of a type; nothing else is asked. */
function fromType(
  knex: Knex,
  type: ContentType,
  { visible }: UnitScope,
): IdQuery {
  const query = knex('unit').where('unit.type', type);
  whereUnitVisible(knex, query, 'unit.id', visible);
  const { name, shared } = UNIT_TABLES[type];
  const counted =
    visible === 'all' && !shared
      ? { query: knex(`${name} as detail`), id: 'detail.unit_id' }
      : undefined;
  return { query, id: 'unit.id', counted };
}

/**
 * Walks the units of a type by what is asked of them, and looks each up in the versions. SQLite would
 * rather go through a whole version and look up every package, so membership is asked with
 * `exists`.
 */
function fromUnits(
  knex: Knex,
  type: ContentType | undefined,
  filters: ListQuery,
  { scopes, visible }: UnitScope,
): IdQuery {
  const table = type ? UNIT_TABLES[type] : undefined;
  const query = knex(`${table?.name ?? 'unit'} as detail`);
  if (table?.shared) {
    query.join('unit', 'unit.id', 'detail.unit_id').where('unit.type', type);
  }
  const { id, ...list } = unitList(knex, type);
  applyFilters(knex, query, filters, list);
  for (const one of scopes) whereInScope(knex, query, id, one);
  if (!scopes.length) whereUnitVisible(knex, query, id, visible);
  return { query, id, orders: { ...list.columns, ...list.ordered } };
}

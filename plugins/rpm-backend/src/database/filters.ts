import type {
  FilterExpression,
  ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { parseReference } from '../identifiers';
import { whereIdIn } from './ids';
import { OPERATORS } from './operators';

/** Narrows a query, or a group of conditions within one, by the value of a filter. */
export type WhereFilter = (where: Knex.QueryBuilder, value: any) => void;

/** What a list can be narrowed and ordered by. */
export interface FilteredList {
  /** Has `id` and `uuid`; named as in the query. */
  table: string;
  /** The column of each field that filters compare and `ordering` may name. */
  columns: Record<string, string>;
  /** Columns that only `ordering` may name. */
  ordered?: Record<string, string | Knex.Raw>;
  /** Filters that are no comparison with a column, by the names of their parameters. */
  filters?: Record<string, WhereFilter>;
}

/** What of a query is not about which rows there are. */
const PRESENTATION = new Set([
  'limit',
  'offset',
  'ordering',
  'fields',
  'exclude_fields',
  'minimal',
]);

/** The filters that a query gives, each with its value; `q` is one of them. */
export function givenFilters(query: ListQuery): [string, unknown][] {
  return Object.entries(query).filter(
    ([name, value]) => value !== undefined && !PRESENTATION.has(name),
  );
}

/** Narrows a query to what the filters of a list leave. */
export function applyFilters(
  knex: Knex,
  query: Knex.QueryBuilder,
  filters: ListQuery,
  list: FilteredList,
): void {
  for (const [name, value] of givenFilters(filters)) {
    if (name === 'q') {
      applyExpression(knex, query, value as FilterExpression, list);
    } else {
      query.where(group => applyFilter(knex, group, name, value, list));
    }
  }
}

/**
 * @remarks
 * What is not true of a row may be unknown of it in SQL, where something is null. So negation asks
 * whether there is a row (of nothing) for which it is true.
 */
function applyExpression(
  knex: Knex,
  where: Knex.QueryBuilder,
  expression: FilterExpression,
  list: FilteredList,
): void {
  const apply = (inner: Knex.QueryBuilder, one: FilterExpression) =>
    applyExpression(knex, inner, one, list);
  switch (expression.kind) {
    case 'filter':
      applyFilter(knex, where, expression.name, expression.value, list);
      return;
    case 'not':
      where.whereNotExists(
        knex
          .queryBuilder()
          .select(knex.raw('1'))
          .where(inner => apply(inner, expression.expression)),
      );
      return;
    case 'and':
      for (const one of expression.expressions) apply(where, one);
      return;
    default:
      where.where(either => {
        for (const one of expression.expressions) {
          either.orWhere(inner => apply(inner, one));
        }
      });
  }
}

function applyFilter(
  knex: Knex,
  where: Knex.QueryBuilder,
  name: string,
  value: any,
  { table, columns, filters }: FilteredList,
): void {
  if (filters && Object.hasOwn(filters, name)) {
    filters[name](where, value);
    return;
  }
  if (name === 'internal_ids') {
    whereIdIn(knex, where, `${table}.id`, value);
    return;
  }
  if (Object.hasOwn(BY_NAME, name)) {
    where.whereIn(`${table}.uuid`, BY_NAME[name](value));
    return;
  }
  const split = name.lastIndexOf('__');
  const field = split < 0 ? name : name.slice(0, split);
  const suffix = split < 0 ? '' : name.slice(split + 2);
  if (!Object.hasOwn(columns, field) || !Object.hasOwn(OPERATORS, suffix)) {
    throw new Error(`Nothing is known of the filter '${name}' of ${table}`);
  }
  OPERATORS[suffix as keyof typeof OPERATORS](where, columns[field], value);
}

/** How each of the filters that name what is wanted names it; read as UUIDs. */
const BY_NAME: Record<string, (names: string[]) => string[]> = {
  pulp_href__in: uuidsOf,
  prn__in: uuidsOf,
  pulp_id__in: uuids => uuids,
};

/** The filters that name what is wanted, as filters on another column that holds ids. */
export function namedBy(
  knex: Knex,
  table: string,
  idColumn: string,
): Record<string, WhereFilter> {
  return Object.fromEntries(
    Object.entries(BY_NAME).map(([name, read]) => [
      name,
      (where, names) =>
        where.whereIn(
          idColumn,
          knex(table).select('id').whereIn('uuid', read(names)),
        ),
    ]),
  );
}

/** The UUIDs in hrefs or PRNs; what belongs to another API names nothing. */
export function uuidsOf(names: string | readonly string[]): string[] {
  return [names].flat().flatMap(name => {
    const reference = parseReference(name);
    return reference && 'uuid' in reference ? [reference.uuid] : [];
  });
}

/** A filter and its form with a list, which mean the same to what is given their value. */
export function oneOrMany(
  name: string,
  filter: WhereFilter,
): Record<string, WhereFilter> {
  return { [name]: filter, [`${name}__in`]: filter };
}

/** The filter by type of what there is only one of, for no other one can be given. */
export const onlyType: WhereFilter = where => where.whereRaw('1 = 1');

import type { Knex } from 'knex';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import { parseReference } from '../identifiers';

const NOT_FILTERS = new Set([
  'limit',
  'offset',
  'ordering',
  'fields',
  'exclude_fields',
  'pulp_href__in',
  'prn__in',
]);

/** Escapes LIKE's wildcards; the statement must name `\` as the escape character. */
function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

type ApplyOperator = (
  query: Knex.QueryBuilder,
  column: string,
  value: any,
) => Knex.QueryBuilder;

/**
 * `LIKE` ignores case on SQLite and heeds it on PostgreSQL, so substring search that heeds case
 * goes through functions both have in one spelling each.
 */
function like(pattern: (text: string) => string): ApplyOperator {
  return (query, column, value) =>
    query.whereRaw(`lower(??) like lower(?) escape '\\'`, [
      column,
      pattern(likeText(value)),
    ]);
}

const OPERATORS: Record<string, ApplyOperator> = {
  '': (query, column, value) => query.where(column, value),
  ne: (query, column, value) => query.whereNot(column, value),
  in: (query, column, value) => query.whereIn(column, value),
  iexact: (query, column, value) =>
    query.whereRaw('lower(??) = lower(?)', [column, value]),
  contains: (query, column, value) =>
    query.whereRaw('replace(??, ?, ?) <> ??', [column, value, '', column]),
  startswith: (query, column, value) =>
    query.whereRaw('substr(??, 1, ?) = ?', [column, value.length, value]),
  icontains: like(text => `%${text}%`),
  istartswith: like(text => `${text}%`),
  lt: (query, column, value) => query.where(column, '<', value),
  lte: (query, column, value) => query.where(column, '<=', value),
  gt: (query, column, value) => query.where(column, '>', value),
  gte: (query, column, value) => query.where(column, '>=', value),
  range: (query, column, value) => query.whereBetween(column, value),
  isnull: (query, column, value) =>
    value ? query.whereNull(column) : query.whereNotNull(column),
};

/**
 * Applies those filters of a list that are plain comparisons of a column.
 *
 * @param columns - the column of each filtered field; filters of other fields are left to the caller
 */
export function applyFilters(
  query: Knex.QueryBuilder,
  filters: ListQuery,
  columns: Record<string, string>,
): void {
  for (const [key, value] of Object.entries(filters)) {
    if (value === undefined || NOT_FILTERS.has(key)) continue;
    const split = key.lastIndexOf('__');
    const field = split < 0 ? key : key.slice(0, split);
    const operator = OPERATORS[split < 0 ? '' : key.slice(split + 2)];
    const column = columns[field];
    if (column && operator) operator(query, column, value);
  }
}

/**
 * The UUIDs that a filter names by hrefs or PRNs, one or a list (`<field>__in`); undefined when it
 * is not given. What is no reference names nothing.
 */
export function uuidsOf(
  filters: ListQuery,
  field: string,
): string[] | undefined {
  const { [field]: one, [`${field}__in`]: list } = filters;
  const names = (list ?? (one && [one])) as string[] | undefined;
  return names?.flatMap(name => {
    const reference = parseReference(name);
    return reference && 'uuid' in reference ? [reference.uuid] : [];
  });
}

import type { Knex } from 'knex';

type ApplyOperator = (
  query: Knex.QueryBuilder,
  column: string,
  value: any,
) => Knex.QueryBuilder;

/** Escapes LIKE's wildcards; the statement must name `\` as the escape character. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

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

/** How the suffixes of filters (`name__in`) compare a column with a value. */
export const OPERATORS = {
  '': (query, column, value) => query.where(column, value),
  ne: (query, column, value) => query.whereNot(column, value),
  in: (query, column, value) => query.whereIn(column, value),
  iexact: (query, column, value) =>
    query.whereRaw('lower(??) = lower(?)', [column, value]),
  contains: (query, column, value) =>
    query.whereRaw('replace(??, ?, ?) <> ??', [column, value, '', column]),
  startswith: (query, column, value) =>
    // Characters, of which one can be two of a JavaScript string's.
    query.whereRaw('substr(??, 1, ?) = ?', [column, [...value].length, value]),
  icontains: like(text => `%${text}%`),
  istartswith: like(text => `${text}%`),
  lt: (query, column, value) => query.where(column, '<', value),
  lte: (query, column, value) => query.where(column, '<=', value),
  gt: (query, column, value) => query.where(column, '>', value),
  gte: (query, column, value) => query.where(column, '>=', value),
  range: (query, column, value) => query.whereBetween(column, value),
  isnull: (query, column, value) =>
    value ? query.whereNull(column) : query.whereNotNull(column),
} satisfies Record<string, ApplyOperator>;

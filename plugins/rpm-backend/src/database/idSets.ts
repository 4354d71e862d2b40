import type { Knex } from 'knex';

/**
 * Narrows a query to rows whose integer column is one of the ids. Takes one parameter however many
 * there are, so that the statement is always the same and the engines need not read a long list.
 *
 * @param ids - some thousands at most, so that the statement does not last long
 */
export function whereAmong(
  knex: Knex,
  query: Knex.QueryBuilder,
  column: string,
  ids: readonly number[],
): void {
  if (knex.client.config.client === 'pg') {
    query.whereRaw('?? = any(?::int[])', [column, ids as number[]]);
  } else {
    query.whereRaw('?? in (select value from json_each(?))', [
      column,
      JSON.stringify(ids),
    ]);
  }
}

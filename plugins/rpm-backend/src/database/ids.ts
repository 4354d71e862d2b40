import type { Knex } from 'knex';

/**
 * Narrows a query to rows with one of these ids, however many, in one parameter.
 *
 * @param column - holds integers
 */
export function whereIdIn(
  knex: Knex,
  query: Knex.QueryBuilder,
  column: string,
  ids: readonly number[],
): void {
  const list =
    knex.client.config.client === 'pg'
      ? 'select value::int from json_array_elements_text(?::json)'
      : 'select value from json_each(?)';
  query.whereRaw(`?? in (${list})`, [column, JSON.stringify(ids)]);
}

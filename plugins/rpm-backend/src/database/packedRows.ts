import type { Knex } from 'knex';

/**
 * Reads one column of many rows as one value. Drivers make an object of each row, which for ids of
 * 30,000 units takes several times as long as reading them does.
 *
 * @param query - ordered and bounded; the values come in its order
 */
export async function readPackedColumn<T>(
  knex: Knex,
  query: Knex.QueryBuilder,
  column: string,
): Promise<T[]> {
  return readPacked(knex, query, knex.raw('??', [column]));
}

/** As {@link readPackedColumn}, several columns of each row: an array for each, in their order. */
export async function readPackedRows<T extends unknown[]>(
  knex: Knex,
  query: Knex.QueryBuilder,
  columns: readonly string[],
): Promise<T[]> {
  const build = isPostgres(knex) ? 'json_build_array' : 'json_array';
  const places = columns.map(() => '??').join(', ');
  return readPacked(knex, query, knex.raw(`${build}(${places})`, [...columns]));
}

function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

async function readPacked<T>(
  knex: Knex,
  query: Knex.QueryBuilder,
  value: Knex.Raw,
): Promise<T[]> {
  const collect = isPostgres(knex) ? 'json_agg' : 'json_group_array';
  const [{ packed }] = await knex
    .select(knex.raw(`${collect}(?) as packed`, [value]))
    .from(query.as('page'));
  // PostgreSQL's driver has read the JSON already; it has null for no rows.
  return typeof packed === 'string' ? JSON.parse(packed) : packed ?? [];
}

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

/** Between columns, and between rows. */
const COLUMN_END = '\x1f';
const ROW_END = '\x1e';

/**
 * As {@link readPackedRows}, all columns as texts: to put together and to take apart takes half the
 * time that JSON does.
 *
 * @param columns - none is ever null; texts among them hold no control characters, as the parts of
 *   NEVRAs do not
 */
export async function readTextRows(
  knex: Knex,
  query: Knex.QueryBuilder,
  columns: readonly string[],
): Promise<string[][]> {
  const character = isPostgres(knex) ? 'chr' : 'char';
  const collect = isPostgres(knex) ? 'string_agg' : 'group_concat';
  const end = (code: string) => `${character}(${code.charCodeAt(0)})`;
  const row = columns
    .map(() => 'cast(?? as text)')
    .join(` || ${end(COLUMN_END)} || `);
  const [{ packed }] = await knex
    .select(
      knex.raw(`${collect}(${row}, ${end(ROW_END)}) as packed`, [...columns]),
    )
    .from(query.as('page'));
  return packed
    ? packed.split(ROW_END).map((text: string) => text.split(COLUMN_END))
    : [];
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

import type { Knex } from 'knex';

/**
 * A field of a JSON document, to order by: numbers and flags by their value, texts as JSON writes
 * them. Documents may hold texts that PostgreSQL can compare only so.
 *
 * @param column - holds the document
 * @param field - its key, or the keys that lead there with points between them
 */
export function documentField(
  knex: Knex,
  column: string,
  field: string,
  type: 'text' | 'number' = 'text',
): Knex.Raw {
  const isPostgres = knex.client.config.client === 'pg';
  const value = isPostgres
    ? knex.raw(`(??::json #> string_to_array(?, '.'))::text collate "C"`, [
        column,
        field,
      ])
    : knex.raw('(?? -> ?)', [column, `$.${field}`]);
  return type === 'number'
    ? knex.raw(`cast(nullif(?, 'null') as numeric)`, [value])
    : value;
}

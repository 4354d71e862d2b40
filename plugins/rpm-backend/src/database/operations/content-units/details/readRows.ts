import type { Knex } from 'knex';
import type { UnitRecord } from '../../../../content-units/types';
import { chunksOf } from '../../../chunks';
import { pause } from '../../../pause';

/** Rows read at a time; keeps each SQLite call short. */
const CHUNK = 250;

/** The rows that units have in a table with a `unit_id`, by that id. */
export async function readRows<T extends { unit_id: number }>(
  knex: Knex,
  table: string,
  units: readonly UnitRecord[],
): Promise<Map<number, T>> {
  const found = new Map<number, T>();
  for (const chunk of chunksOf(units, CHUNK)) {
    const rows: T[] = await knex(table).whereIn(
      'unit_id',
      chunk.map(({ id }) => id),
    );
    for (const row of rows) found.set(row.unit_id, row);
    await pause();
  }
  return found;
}

/** Units completed in one go; packed lists of files take a while to read. */
const COMPLETED = 100;

/**
 * Completes units with their rows. A unit whose row is gone was deleted between two reads, and is
 * left out.
 */
export async function withRows<T, R>(
  units: readonly UnitRecord[],
  rows: ReadonlyMap<number, T>,
  complete: (unit: UnitRecord, row: T) => R,
): Promise<R[]> {
  const completed: R[] = [];
  for (const chunk of chunksOf(units, COMPLETED)) {
    for (const unit of chunk) {
      const row = rows.get(unit.id);
      if (row) completed.push(complete(unit, row));
    }
    await pause();
  }
  return completed;
}

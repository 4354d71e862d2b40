import type { Knex } from 'knex';
import { chunksBySize } from '../../chunks';
import { pause } from '../../pause';

/** Keeps a statement well below 50 ms on SQLite, where it blocks everything else. */
const STATEMENT = { maxCount: 100, maxSize: 1_000_000 };

function sizeOf(row: object): number {
  let size = 0;
  for (const value of Object.values(row)) {
    if (typeof value === 'string') size += value.length;
  }
  return size;
}

/** Inserts any number of rows in statements of bounded size and duration. */
export async function insertDetails(
  trx: Knex.Transaction,
  table: string,
  rows: readonly object[],
): Promise<void> {
  for (const chunk of chunksBySize(rows, sizeOf, STATEMENT)) {
    await trx(table).insert(chunk);
    await pause();
  }
}

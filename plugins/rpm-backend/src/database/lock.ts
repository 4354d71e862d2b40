import type { Knex } from 'knex';

/** How to read a row. */
export interface ReadOptions {
  /**
   * Keeps others from changing the row until the transaction ends, for callers that change it by
   * what they read. SQLite has one writer anyway.
   */
  lock?: boolean;
}

/** @param table - whose rows to lock when the query joins others */
export function lockIf(
  { lock }: ReadOptions,
  query: Knex.QueryBuilder,
  table: string,
): void {
  if (lock) query.forUpdate(table);
}

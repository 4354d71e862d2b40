/**
 * Row types. Time stamps are ISO-8601 UTC texts with microseconds and fixed width, so that they
 * order and compare alike on SQLite and PostgreSQL; flags are booleans on PostgreSQL and 0/1 on
 * SQLite (read them with `Boolean()`); columns named `*_json` hold JSON text.
 */
export interface DbEntityRow {
  id: number;
  uuid: string;
  created_at: string;
  updated_at: string;
}

export type DbFlag = boolean | 0 | 1;

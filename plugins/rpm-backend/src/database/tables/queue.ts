import type { DbEntityRow, DbFlag } from './columns';

export interface DbTaskRow extends DbEntityRow {
  name: string;
  state: string;
  input_json: string;
  created_by: string | null;
  logging_cid: string;
  /** Set when all reservations were free and a worker took it. */
  unblocked_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  worker_id: string | null;
  /** The task's changes are in the database: when its worker dies now, it has still succeeded. */
  committed: DbFlag;
  error_json: string | null;
  result_json: string | null;
  progress_json: string;
  created_resources_json: string;
  task_group_id: number | null;
  /** The task that queued this one. */
  parent_task_id: number | null;
}

/** Tasks that were queued together; kept as long as one of them is. */
export interface DbTaskGroupRow extends DbEntityRow {
  description: string;
  created_by: string | null;
  /** What its progress reports count: `{code, message}[]`. */
  progress_json: string;
}

/** What a task writes (exclusive) or relies on (shared), by PRN or by name of a namespace. */
export interface DbTaskReservationRow {
  task_id: number;
  resource: string;
  exclusive: DbFlag;
  /** Until the task is final. Kept afterwards as a record of what it reserved. */
  held: DbFlag;
}

/** A process that runs tasks; a heartbeat that stops means its tasks are lost. */
export interface DbTaskWorkerRow {
  id: string;
  started_at: string;
  heartbeat_at: string;
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ProgressReport,
  TaskState,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';

/** What a task writes (`exclusive`) and what must not vanish under it (`shared`): PRNs or names. */
export interface Reservations {
  exclusive?: readonly string[];
  shared?: readonly string[];
}

/** A task to run. `name` decides the handler, `input` is JSON. */
export interface TaskSpec {
  name: string;
  input: unknown;
  reservations: Reservations;
  /** User or service that asked for it. */
  createdBy: string | undefined;
  /** Correlation id of the request; a new one when absent. */
  loggingCid?: string;
  /** Internal id of the task that queues it. */
  parentTask?: number;
}

/** What tasks that are queued together have in common. */
export interface TaskGroupSpec {
  description: string;
  /** The report that counts the group's tasks as they complete. */
  progress: { code: string; message: string };
  createdBy: string | undefined;
}

/** What a task leaves: hrefs of what it made, and a result for the caller. */
export interface TaskOutcome {
  createdResources?: readonly string[];
  result?: unknown;
}

/** A task's record. */
export interface TaskRecord {
  id: number;
  uuid: string;
  name: string;
  state: TaskState;
  createdBy: string | undefined;
  loggingCid: string;
  createdAt: string;
  updatedAt: string;
  unblockedAt: string | undefined;
  startedAt: string | undefined;
  finishedAt: string | undefined;
  workerId: string | undefined;
  error: Record<string, unknown> | undefined;
  result: unknown;
  progress: ProgressReport[];
  /** Hrefs; `<unavailable>` in place of what was deleted since. */
  createdResources: string[];
  /** Their PRNs; what was deleted since has none. */
  createdResourcePrns: string[];
  /** As Pulp records them: `prn:…` exclusive, `shared:prn:…` shared. */
  reservations: string[];
  /** UUIDs. */
  parentTask: string | undefined;
  childTasks: string[];
  taskGroup: string | undefined;
}

/** A group's record, with those of its tasks that the caller may see. */
export interface TaskGroupRecord {
  id: number;
  uuid: string;
  description: string;
  createdBy: string | undefined;
  createdAt: string;
  updatedAt: string;
  progress: { code: string; message: string }[];
  /** Oldest first. */
  tasks: MinimalTaskRecord[];
}

/** As much of a task as its group tells. */
export type MinimalTaskRecord = Pick<
  TaskRecord,
  | 'uuid'
  | 'name'
  | 'state'
  | 'createdAt'
  | 'updatedAt'
  | 'unblockedAt'
  | 'startedAt'
  | 'finishedAt'
  | 'workerId'
>;

/** Counts one kind of work of a running task. */
export interface Progress {
  /** Adds to `done`. */
  advance(by?: number): void;
  setTotal(total: number): void;
  finish(): void;
}

/** What a handler has at hand. */
export interface TaskContext {
  readonly taskId: number;
  readonly createdBy: string | undefined;
  readonly logger: LoggerService;
  /** Aborted when the task is cancelled, its worker stops, or it has lost its claim. */
  readonly signal: AbortSignal;
  /** Starts a progress report, or continues the one with this code. */
  progress(code: string, message: string, total?: number): Progress;
  /**
   * To be called inside the transaction that makes the task's changes visible: fails when the task
   * is no longer this worker's (declared dead, cancelled), and records the outcome with the
   * changes, so that a crash right after the commit still counts as success.
   *
   * @throws TaskLostError
   */
  commit(trx: Knex.Transaction, outcome: TaskOutcome): Promise<void>;
}

/** Does a task's work. What it returns is its outcome, unless `commit` has recorded one. */
export type TaskHandler = (
  context: TaskContext,
  input: any,
) => Promise<TaskOutcome | void>;

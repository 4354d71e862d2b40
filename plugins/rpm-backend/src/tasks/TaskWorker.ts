import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { setTimeout as sleep } from 'timers/promises';
import { v7 as uuidv7 } from 'uuid';
import * as operations from '../database/operations/tasks';
import type { DbTaskRow } from '../database/tables';
import { toTimestamp } from '../database/time';
import { TaskError, TaskLostError } from './errors';
import { canceledEnd, completedEnd, failedEnd } from './ends';
import { ProgressBook } from './ProgressBook';
import type { TaskQueue } from './TaskQueue';
import type { TaskContext, TaskHandler } from './types';

/** How often a worker says it is alive and stores progress. */
const BEAT_MILLISECONDS = 500;
/**
 * How often a worker that runs tasks looks for cancel requests that came in by other replicas. Apart
 * from beats, which write and may have to wait for that.
 */
const CANCEL_MILLISECONDS = 200;
/** How often a worker looks for tasks that other replicas queued. */
const POLL_MILLISECONDS = 1_000;
/** A worker that has been silent for this long is taken for dead. */
const LOST_AFTER_SECONDS = 15;

interface RunningTask {
  row: DbTaskRow;
  abort: AbortController;
  progress: ProgressBook;
  ended: Promise<void>;
}

/**
 * Runs queued tasks in this process, several at once.
 *
 * @remarks
 * Each replica has one. A replica that dies leaves tasks whose worker no longer beats; any other
 * (or the same after its restart) ends them. A task of a worker that was only thought dead cannot
 * commit: {@link TaskContext.commit} checks the claim in the transaction of the changes.
 */
export class TaskWorker {
  readonly id = uuidv7();
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #handlers: ReadonlyMap<string, TaskHandler>;
  readonly #concurrency: number;
  readonly #running = new Map<number, RunningTask>();
  readonly #stopping = new AbortController();
  #loops: Promise<unknown>[] = [];
  #wakeUp: () => void = () => {};
  #awake = false;

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    queue: TaskQueue;
    handlers: ReadonlyMap<string, TaskHandler>;
    concurrency?: number;
  }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#handlers = options.handlers;
    this.#concurrency = options.concurrency ?? 4;
    options.queue.onWake(() => this.#wake());
  }

  async start(): Promise<void> {
    await operations.recordHeartbeat(this.#knex, this.id);
    this.#loops = [this.#claimLoop(), this.#beatLoop(), this.#cancelLoop()];
  }

  /** Stops taking tasks, cancels the running ones and waits for their end. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const task of this.#running.values()) {
      task.abort.abort(new TaskLostError('The worker is shutting down.'));
    }
    this.#wake();
    await Promise.all([...this.#running.values()].map(task => task.ended));
    await Promise.all(this.#loops);
    // What was claimed meanwhile is for others.
    await operations.releaseClaims(this.#knex, this.id, []);
    await operations.removeWorker(this.#knex, this.id);
  }

  #wake(): void {
    this.#awake = true;
    this.#wakeUp();
  }

  async #rest(milliseconds: number): Promise<void> {
    if (this.#awake || this.#stopping.signal.aborted) return;
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #claimLoop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#awake = false;
      try {
        await this.#obeyCancels();
        await operations.releaseClaims(this.#knex, this.id, [
          ...this.#running.keys(),
        ]);
        while (
          this.#running.size < this.#concurrency &&
          !this.#stopping.signal.aborted
        ) {
          const row = await operations.claimTask(this.#knex, this.id);
          if (!row || this.#stopping.signal.aborted) break;
          this.#run(row);
        }
      } catch (error) {
        this.#logger.warn(`Cannot look for tasks: ${error}`);
      }
      await this.#rest(POLL_MILLISECONDS);
    }
  }

  async #beatLoop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#beat();
      } catch (error) {
        this.#logger.warn(`Cannot report the state of tasks: ${error}`);
      }
      await this.#sleep(BEAT_MILLISECONDS);
    }
  }

  /** Until the time is over or the worker stops. */
  async #sleep(milliseconds: number): Promise<void> {
    const { signal } = this.#stopping;
    await sleep(milliseconds, undefined, { signal }).catch(() => {});
  }

  async #beat(): Promise<void> {
    // Taken before what may have to wait for the database, or this worker would find itself lost.
    const aliveSince = toTimestamp(
      DateTime.utc().minus({ seconds: LOST_AFTER_SECONDS }),
    );
    await operations.recordHeartbeat(this.#knex, this.id);
    for (const task of this.#running.values()) await this.#saveProgress(task);
    if (await operations.recoverLostTasks(this.#knex, aliveSince)) this.#wake();
  }

  async #cancelLoop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#obeyCancels();
      } catch (error) {
        this.#logger.warn(`Cannot look for tasks to cancel: ${error}`);
      }
      await this.#sleep(CANCEL_MILLISECONDS);
    }
  }

  async #obeyCancels(): Promise<void> {
    if (!this.#running.size) return;
    for (const id of await operations.listCancelRequests(this.#knex, this.id)) {
      this.#running.get(id)?.abort.abort(new Error('Canceled.'));
    }
  }

  async #saveProgress({ row, progress }: RunningTask): Promise<void> {
    const reports = progress.takeChanges();
    if (reports) {
      await operations.writeProgress(this.#knex, row.id, this.id, reports);
    }
  }

  #run(row: DbTaskRow): void {
    const task: RunningTask = {
      row,
      abort: new AbortController(),
      progress: new ProgressBook(),
      ended: Promise.resolve(),
    };
    this.#running.set(row.id, task);
    task.ended = this.#execute(task)
      .catch(error =>
        this.#logger.error(`Cannot record the end of a task: ${error}`),
      )
      .finally(() => {
        this.#running.delete(row.id);
        this.#wake();
      });
  }

  async #execute(task: RunningTask): Promise<void> {
    const logger = this.#logger.child({
      task: task.row.uuid,
      correlationId: task.row.logging_cid,
    });
    let committed = false;
    const context: TaskContext = {
      taskId: task.row.id,
      createdBy: task.row.created_by ?? undefined,
      logger,
      signal: task.abort.signal,
      progress: (code, message, total) =>
        task.progress.open(code, message, total),
      commit: async (trx, outcome) => {
        const own = await operations.commitTask(
          trx,
          task.row.id,
          this.id,
          outcome,
        );
        if (!own) throw new TaskLostError('The task is no longer ours.');
        committed = true;
      },
    };

    let end: operations.TaskEnd;
    try {
      const handler = this.#handlers.get(task.row.name);
      if (!handler) throw new Error(`No handler for ${task.row.name}`);
      const outcome = await handler(context, JSON.parse(task.row.input_json));
      end = completedEnd(committed ? undefined : outcome ?? {});
    } catch (error) {
      end = this.#endOfFailure(task, error, logger);
    }
    task.progress.close(end.state);
    await this.#end(task, {
      ...end,
      changes: {
        ...end.changes,
        progress_json: JSON.stringify(task.progress.takeChanges()),
      },
    });
  }

  #endOfFailure(
    task: RunningTask,
    error: unknown,
    logger: LoggerService,
  ): operations.TaskEnd {
    const stopped = this.#stopping.signal.aborted;
    // A cancel can be known by the refused commit before it is by the next beat.
    if (
      !stopped &&
      (task.abort.signal.aborted || error instanceof TaskLostError)
    ) {
      return canceledEnd();
    }
    if (!(error instanceof TaskError) && !stopped) {
      logger.error(`Task ${task.row.name} failed`, error as Error);
    }
    return failedEnd(error, { stopped });
  }

  /** As long as its end is not recorded, a task holds what it reserved; so this does not give up. */
  async #end(task: RunningTask, end: operations.TaskEnd): Promise<void> {
    for (;;) {
      try {
        await operations.finishTasks(
          this.#knex,
          query => query.where({ id: task.row.id, worker_id: this.id }),
          end,
        );
        return;
      } catch (error) {
        if (this.#stopping.signal.aborted) throw error;
        this.#logger.warn(`Cannot record the end of a task yet: ${error}`);
        await this.#sleep(POLL_MILLISECONDS);
      }
    }
  }
}

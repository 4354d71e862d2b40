import { ConflictError, NotFoundError } from '@backstage/errors';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import * as operations from '../database/operations/tasks';
import type { RowPage } from '../database/pages';
import type { TaskVisibility } from '../permissions/AccessControl';
import { canceledEnd } from './ends';
import type {
  TaskGroupRecord,
  TaskGroupSpec,
  TaskOutcome,
  TaskRecord,
  TaskSpec,
} from './types';

/** Puts tasks into the queue and tells of them. */
export class TaskQueue {
  readonly #knex: Knex;
  readonly #listeners = new Set<() => void>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /**
   * Queues a task.
   *
   * @param trx - the transaction to do it in; call {@link TaskQueue.wake} after its commit
   * @returns the task's UUID
   */
  async dispatch(spec: TaskSpec, trx?: Knex.Transaction): Promise<string> {
    if (trx) return (await operations.insertTask(trx, spec)).uuid;
    const { uuid } = await this.#knex.transaction(own =>
      operations.insertTask(own, spec),
    );
    this.wake();
    return uuid;
  }

  /**
   * Queues tasks that belong together: all or none.
   *
   * @returns the group's UUID
   */
  async dispatchGroup(
    group: TaskGroupSpec,
    specs: readonly TaskSpec[],
  ): Promise<string> {
    const uuid = await this.#knex.transaction(async trx => {
      const inserted = await operations.insertTaskGroup(trx, group);
      await operations.insertTasks(trx, specs, inserted.id);
      return inserted.uuid;
    });
    this.wake();
    return uuid;
  }

  /**
   * Writes down as a finished task what was done in the same transaction.
   *
   * @returns the task's UUID
   */
  async record(
    trx: Knex.Transaction,
    spec: TaskSpec,
    outcome: TaskOutcome = {},
  ): Promise<string> {
    const { id, uuid } = await operations.insertTask(trx, spec);
    await operations.recordDone(trx, id, outcome);
    return uuid;
  }

  /** Lets the worker of this process look at once instead of at its next poll. */
  wake(): void {
    for (const listener of this.#listeners) listener();
  }

  onWake(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** @throws NotFoundError also for a task that is not among the visible ones */
  async get(
    uuid: string,
    visible: TaskVisibility = 'all',
  ): Promise<TaskRecord> {
    const task = await operations.readTask(this.#knex, uuid, visible);
    if (!task) throw new NotFoundError('No Task matches the given query.');
    return task;
  }

  async list(
    filters: ListQuery,
    visible: TaskVisibility = 'all',
  ): Promise<RowPage<TaskRecord>> {
    return operations.listTasks(this.#knex, filters, visible);
  }

  /**
   * Ends a waiting task, or asks the worker of a running one to stop.
   *
   * @throws ConflictError when the task is final, or about to be
   */
  async cancel(uuid: string): Promise<TaskRecord> {
    const task = await this.get(uuid);
    const ended = await operations.finishTasks(
      this.#knex,
      query => query.where({ id: task.id, state: 'waiting' }),
      canceledEnd(),
    );
    if (!ended) {
      const requested = await operations.requestCancel(this.#knex, task.id);
      if (!requested && task.state !== 'canceling') {
        throw new ConflictError('Task is already in a final state.');
      }
    }
    this.wake();
    return this.get(uuid);
  }

  /** @throws NotFoundError also for a group that is not among the visible ones */
  async getGroup(
    uuid: string,
    visible: TaskVisibility = 'all',
  ): Promise<TaskGroupRecord> {
    const group = await operations.readTaskGroup(this.#knex, uuid, visible);
    if (!group)
      throw new NotFoundError('No TaskGroup matches the given query.');
    return group;
  }

  async listGroups(
    filters: ListQuery,
    visible: TaskVisibility = 'all',
  ): Promise<RowPage<TaskGroupRecord>> {
    return operations.listTaskGroups(this.#knex, filters, visible);
  }

  /** Ends the waiting tasks of a group and asks the workers of the running ones to stop. */
  async cancelGroup(uuid: string): Promise<TaskGroupRecord> {
    const { id } = await this.getGroup(uuid);
    await operations.finishTasks(
      this.#knex,
      query => query.where({ task_group_id: id, state: 'waiting' }),
      canceledEnd(),
    );
    await operations.requestCancelOfGroup(this.#knex, id);
    this.wake();
    return this.getGroup(uuid);
  }

  /** @throws ConflictError when the task is not final */
  async delete(uuid: string): Promise<void> {
    const task = await this.get(uuid);
    if (!(await operations.deleteTask(this.#knex, task.id))) {
      throw new ConflictError('Task is not in a final state.');
    }
  }
}

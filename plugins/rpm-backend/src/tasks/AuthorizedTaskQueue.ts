import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  FINAL_TASK_STATES,
  type ListQuery,
  type TaskState,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import { actorOf } from '../identity/actor';
import type { AccessControl } from '../permissions/AccessControl';
import type { TaskQueue } from './TaskQueue';
import { purgeTask, type PurgeInput } from './purgeTask';
import type { TaskGroupRecord, TaskRecord } from './types';

interface CallOptions {
  credentials: BackstageCredentials;
  correlationId?: string;
}

/** What a caller with credentials may ask of tasks. */
export interface TaskQueueApi {
  list(filters: ListQuery, options: CallOptions): Promise<RowPage<TaskRecord>>;
  get(uuid: string, options: CallOptions): Promise<TaskRecord>;
  cancel(uuid: string, options: CallOptions): Promise<TaskRecord>;
  delete(uuid: string, options: CallOptions): Promise<void>;
  /** @returns the UUID of the task that deletes records of tasks */
  purge(input: PurgeInput, options: CallOptions): Promise<string>;
  listGroups(
    filters: ListQuery,
    options: CallOptions,
  ): Promise<RowPage<TaskGroupRecord>>;
  getGroup(uuid: string, options: CallOptions): Promise<TaskGroupRecord>;
  cancelGroup(uuid: string, options: CallOptions): Promise<TaskGroupRecord>;
}

/**
 * Shows a task to who started it and to who may see the repositories that it is about; a task is
 * cancelled by who started it or by who may modify all repositories that it writes; records are
 * deleted by administrators. A group is seen by who started it and with any of its tasks; it is
 * cancelled by who may cancel all its tasks.
 */
export class AuthorizedTaskQueue implements TaskQueueApi {
  readonly #queue: TaskQueue;
  readonly #access: AccessControl;

  constructor(options: { queue: TaskQueue; access: AccessControl }) {
    this.#queue = options.queue;
    this.#access = options.access;
  }

  async list(
    filters: ListQuery,
    { credentials }: CallOptions,
  ): Promise<RowPage<TaskRecord>> {
    const visible = await this.#access.visibleTasks(credentials);
    return this.#queue.list(filters, visible);
  }

  async get(uuid: string, { credentials }: CallOptions): Promise<TaskRecord> {
    const task = await this.#queue.get(uuid);
    // Who waits for a task asks often, and has mostly started it.
    return task.createdBy !== undefined &&
      task.createdBy === actorOf(credentials)
      ? task
      : this.#queue.get(uuid, await this.#access.visibleTasks(credentials));
  }

  async cancel(uuid: string, options: CallOptions): Promise<TaskRecord> {
    const task = await this.get(uuid, options);
    await this.#access.requireCancel(task, options.credentials);
    return this.#queue.cancel(uuid);
  }

  async delete(uuid: string, options: CallOptions): Promise<void> {
    await this.#access.requireAdmin(options.credentials);
    await this.#queue.delete(uuid);
  }

  async purge(input: PurgeInput, options: CallOptions): Promise<string> {
    await this.#access.requireAdmin(options.credentials);
    return this.#queue.dispatch({
      ...purgeTask(input),
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }

  async listGroups(
    filters: ListQuery,
    { credentials }: CallOptions,
  ): Promise<RowPage<TaskGroupRecord>> {
    const visible = await this.#access.visibleTasks(credentials);
    return this.#queue.listGroups(filters, visible);
  }

  async getGroup(
    uuid: string,
    { credentials }: CallOptions,
  ): Promise<TaskGroupRecord> {
    const visible = await this.#access.visibleTasks(credentials);
    return this.#queue.getGroup(uuid, visible);
  }

  async cancelGroup(
    uuid: string,
    options: CallOptions,
  ): Promise<TaskGroupRecord> {
    const seen = await this.getGroup(uuid, options);
    if (seen.createdBy !== actorOf(options.credentials)) {
      await this.#requireCancelOfAll(uuid, options);
    }
    await this.#queue.cancelGroup(uuid);
    return this.getGroup(uuid, options);
  }

  /** The group may have tasks that the caller does not see. */
  async #requireCancelOfAll(
    uuid: string,
    { credentials }: CallOptions,
  ): Promise<void> {
    const { tasks } = await this.#queue.getGroup(uuid);
    const final: readonly TaskState[] = FINAL_TASK_STATES;
    for (const { uuid: task, state } of tasks) {
      if (final.includes(state)) continue;
      try {
        await this.#access.requireCancel(
          await this.#queue.get(task),
          credentials,
        );
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        throw new NotAllowedError(
          'You do not have permission to cancel all tasks of this group.',
        );
      }
    }
  }
}

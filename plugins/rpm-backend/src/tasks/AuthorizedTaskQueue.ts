import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import { actorOf } from '../identity/actor';
import type { AccessControl } from '../permissions/AccessControl';
import type { TaskQueue } from './TaskQueue';
import type { TaskRecord } from './types';

interface CallOptions {
  credentials: BackstageCredentials;
}

/** What a caller with credentials may ask of tasks. */
export interface TaskQueueApi {
  list(filters: ListQuery, options: CallOptions): Promise<RowPage<TaskRecord>>;
  get(uuid: string, options: CallOptions): Promise<TaskRecord>;
  cancel(uuid: string, options: CallOptions): Promise<TaskRecord>;
  delete(uuid: string, options: CallOptions): Promise<void>;
}

/**
 * Shows a task to who started it and to who may see the repositories that it is about; a task is
 * cancelled by who started it or by who may modify all repositories that it writes; records are
 * deleted by administrators.
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
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import type { AccessControl } from '../permissions/AccessControl';
import type { TaskQueue } from './TaskQueue';
import type { TaskRecord } from './types';

/** What a caller with credentials may ask of tasks. */
export interface TaskQueueApi {
  list(
    filters: ListQuery,
    options: { credentials: BackstageCredentials },
  ): Promise<RowPage<TaskRecord>>;
  get(
    uuid: string,
    options: { credentials: BackstageCredentials },
  ): Promise<TaskRecord>;
  cancel(
    uuid: string,
    options: { credentials: BackstageCredentials },
  ): Promise<TaskRecord>;
  delete(
    uuid: string,
    options: { credentials: BackstageCredentials },
  ): Promise<void>;
}

/**
 * Lets everybody signed in see tasks; a task is cancelled by who started it or by who may modify
 * all repositories that it writes; records are deleted by administrators.
 */
export class AuthorizedTaskQueue implements TaskQueueApi {
  readonly #queue: TaskQueue;
  readonly #access: AccessControl;

  constructor(options: { queue: TaskQueue; access: AccessControl }) {
    this.#queue = options.queue;
    this.#access = options.access;
  }

  async list(filters: ListQuery): Promise<RowPage<TaskRecord>> {
    return this.#queue.list(filters);
  }

  async get(uuid: string): Promise<TaskRecord> {
    return this.#queue.get(uuid);
  }

  async cancel(
    uuid: string,
    options: { credentials: BackstageCredentials },
  ): Promise<TaskRecord> {
    const task = await this.#queue.get(uuid);
    await this.#access.requireCancel(task, options.credentials);
    return this.#queue.cancel(uuid);
  }

  async delete(
    uuid: string,
    options: { credentials: BackstageCredentials },
  ): Promise<void> {
    await this.#access.requireAdmin(options.credentials);
    await this.#queue.delete(uuid);
  }
}

import {
  MINIMAL_TASK_FIELDS,
  taskRoutes,
  type MinimalTask,
  type Task,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, prnOf } from '../identifiers';
import type { TaskQueueApi } from '../tasks/AuthorizedTaskQueue';
import type { MinimalTaskRecord, TaskRecord } from '../tasks/types';
import { InvalidInputError } from '../validation';
import {
  implement,
  trimFields,
  withMinimalFields,
  type ImplementedRoute,
  type PageLinks,
} from './edge';

/** As much of a task as its group tells. */
export function serializeMinimalTask(task: MinimalTaskRecord): MinimalTask {
  return {
    pulp_href: hrefOf('task', task.uuid),
    prn: prnOf('task', task.uuid),
    pulp_created: task.createdAt,
    pulp_last_updated: task.updatedAt,
    name: task.name,
    state: task.state,
    unblocked_at: task.unblockedAt ?? null,
    started_at: task.startedAt ?? null,
    finished_at: task.finishedAt ?? null,
    worker: task.workerId ?? null,
  };
}

/** A task in wire format. */
export function serializeTask(task: TaskRecord): Task {
  return {
    ...serializeMinimalTask(task),
    logging_cid: task.loggingCid,
    created_by: task.createdBy ?? null,
    error: task.error ?? null,
    parent_task: task.parentTask ? hrefOf('task', task.parentTask) : null,
    child_tasks: task.childTasks.map(child => hrefOf('task', child)),
    task_group: task.taskGroup ? hrefOf('taskGroup', task.taskGroup) : null,
    progress_reports: task.progress,
    created_resources: task.createdResources,
    created_resource_prns: task.createdResourcePrns,
    reserved_resources_record: task.reservations,
    result: task.result ?? null,
    pulp_api_version: 'v3',
  };
}

/** @throws InvalidInputError unless a PATCH asks for what it can do */
export function requireCanceled({ state }: { state: string }): void {
  if (state === 'canceled') return;
  throw InvalidInputError.message(
    "The only acceptable value for 'state' is 'canceled'.",
  );
}

export function taskApi(options: {
  tasks: TaskQueueApi;
  links: PageLinks;
}): ImplementedRoute[] {
  const { tasks, links } = options;
  return [
    implement(taskRoutes.purge, async request => {
      const { finished_before: finishedBefore, states } = request.body;
      const task = await tasks.purge({ finishedBefore, states }, request);
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
    implement(taskRoutes.list, async request => {
      const query = withMinimalFields(request.query, MINIMAL_TASK_FIELDS);
      const page = await tasks.list(query, request);
      const body = await links.page(request, page, task =>
        trimFields(serializeTask(task), query),
      );
      return { status: 200, body };
    }),
    implement(taskRoutes.read, async request => {
      const query = withMinimalFields(request.query, MINIMAL_TASK_FIELDS);
      const task = await tasks.get(request.params.task, request);
      return { status: 200, body: trimFields(serializeTask(task), query) };
    }),
    implement(taskRoutes.cancel, async request => {
      requireCanceled(request.body);
      const task = await tasks.cancel(request.params.task, request);
      return { status: 200, body: serializeTask(task) };
    }),
    implement(taskRoutes.delete, async request => {
      await tasks.delete(request.params.task, request);
      return { status: 204, body: undefined };
    }),
  ];
}

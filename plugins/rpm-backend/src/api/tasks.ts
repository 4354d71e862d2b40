import { taskRoutes, type Task } from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, prnOf } from '../identifiers';
import type { TaskQueueApi } from '../tasks/AuthorizedTaskQueue';
import type { TaskRecord } from '../tasks/types';
import { InvalidInputError } from '../validation';
import { implement, type ImplementedRoute, type PageLinks } from './edge';

/** A task in wire format. */
export function serializeTask(task: TaskRecord): Task {
  return {
    pulp_href: hrefOf('task', task.uuid),
    prn: prnOf('task', task.uuid),
    pulp_created: task.createdAt,
    pulp_last_updated: task.updatedAt,
    state: task.state,
    name: task.name,
    logging_cid: task.loggingCid,
    created_by: task.createdBy ?? null,
    unblocked_at: task.unblockedAt ?? null,
    started_at: task.startedAt ?? null,
    finished_at: task.finishedAt ?? null,
    error: task.error ?? null,
    worker: task.workerId ?? null,
    parent_task: null,
    child_tasks: [],
    task_group: null,
    progress_reports: task.progress,
    created_resources: task.createdResources,
    created_resource_prns: task.createdResourcePrns,
    reserved_resources_record: task.reservations,
    result: task.result ?? null,
    pulp_api_version: 'v3',
  };
}

export function taskApi(options: {
  tasks: TaskQueueApi;
  links: PageLinks;
}): ImplementedRoute[] {
  const { tasks, links } = options;
  return [
    implement(taskRoutes.list, async request => {
      const page = await tasks.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializeTask),
      };
    }),
    implement(taskRoutes.read, async request => {
      const task = await tasks.get(request.params.task, request);
      return { status: 200, body: serializeTask(task) };
    }),
    implement(taskRoutes.cancel, async request => {
      if (request.body.state !== 'canceled') {
        throw InvalidInputError.message(
          "The only acceptable value for 'state' is 'canceled'.",
        );
      }
      const task = await tasks.cancel(request.params.task, request);
      return { status: 200, body: serializeTask(task) };
    }),
    implement(taskRoutes.delete, async request => {
      await tasks.delete(request.params.task, request);
      return { status: 204, body: undefined };
    }),
  ];
}

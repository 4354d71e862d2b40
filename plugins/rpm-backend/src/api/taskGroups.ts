import {
  taskGroupRoutes,
  type TaskGroup,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, prnOf } from '../identifiers';
import type { TaskQueueApi } from '../tasks/AuthorizedTaskQueue';
import type { TaskGroupRecord } from '../tasks/types';
import { implement, type ImplementedRoute, type PageLinks } from './edge';
import { requireCanceled, serializeMinimalTask } from './tasks';

/** A group in wire format: counts and reports are about the tasks that it shows. */
function serializeTaskGroup(group: TaskGroupRecord): TaskGroup {
  const { tasks } = group;
  const count = (state: (typeof tasks)[number]['state']) =>
    tasks.filter(task => task.state === state).length;
  const completed = count('completed');
  return {
    pulp_href: hrefOf('taskGroup', group.uuid),
    prn: prnOf('taskGroup', group.uuid),
    pulp_created: group.createdAt,
    pulp_last_updated: group.updatedAt,
    description: group.description,
    all_tasks_dispatched: true,
    waiting: count('waiting'),
    skipped: count('skipped'),
    running: count('running'),
    completed,
    canceled: count('canceled'),
    failed: count('failed'),
    canceling: count('canceling'),
    group_progress_reports: group.progress.map(({ code, message }) => ({
      message,
      code,
      total: tasks.length,
      done: completed,
      suffix: null,
    })),
    tasks: tasks.map(serializeMinimalTask),
  };
}

export function taskGroupApi(options: {
  tasks: TaskQueueApi;
  links: PageLinks;
}): ImplementedRoute[] {
  const { tasks, links } = options;
  return [
    implement(taskGroupRoutes.list, async request => {
      const page = await tasks.listGroups(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializeTaskGroup),
      };
    }),
    implement(taskGroupRoutes.read, async request => {
      const group = await tasks.getGroup(request.params.group, request);
      return { status: 200, body: serializeTaskGroup(group) };
    }),
    implement(taskGroupRoutes.cancel, async request => {
      requireCanceled(request.body);
      const group = await tasks.cancelGroup(request.params.group, request);
      return { status: 200, body: serializeTaskGroup(group) };
    }),
  ];
}

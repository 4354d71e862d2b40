import { z } from 'zod';
import { entityShape, pageSchema } from './base';
import { listQuerySchema, readQuerySchema } from './filters';
import { defineRoute } from './route';
import { cancelSchema, minimalTaskSchema } from './tasks';

/** The body of a 202 whose work is done by several tasks. @public */
export const asyncGroupOperationSchema = z
  .object({ task_group: z.string() })
  .meta({ id: 'TaskGroupOperationResponse' });

const groupProgressSchema = z
  .object({
    message: z.string(),
    code: z.string(),
    total: z.int().nullable(),
    done: z.int(),
    suffix: z.string().nullable(),
  })
  .meta({ id: 'GroupProgressReport' });

/** @public */
export const taskGroupSchema = z
  .object({
    ...entityShape,
    description: z.string(),
    all_tasks_dispatched: z.boolean(),
    waiting: z.int(),
    skipped: z.int(),
    running: z.int(),
    completed: z.int(),
    canceled: z.int(),
    failed: z.int(),
    canceling: z.int(),
    group_progress_reports: z.array(groupProgressSchema),
    tasks: z.array(minimalTaskSchema),
  })
  .meta({ id: 'TaskGroup' });

/** Tasks that were queued together, as the API shows them. @public */
export type TaskGroup = z.infer<typeof taskGroupSchema>;

const entity = {
  parameter: 'task_group_href',
  path: 'task-groups/{group}/',
};
const tag = 'Task-Groups';

/** @public */
export const taskGroupRoutes = {
  list: defineRoute({
    operationId: 'task_groups_list',
    method: 'get',
    path: 'task-groups/',
    tag,
    summary: 'List task groups, newest first',
    query: listQuerySchema({}),
    responses: { 200: pageSchema(taskGroupSchema, 'TaskGroup') },
  }),
  read: defineRoute({
    operationId: 'task_groups_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read a task group',
    query: readQuerySchema,
    responses: { 200: taskGroupSchema },
  }),
  cancel: defineRoute({
    operationId: 'task_groups_cancel',
    method: 'patch',
    entity,
    path: '',
    tag,
    summary: 'Cancel all tasks of a group that are not final yet',
    body: cancelSchema,
    responses: { 200: taskGroupSchema },
  }),
};

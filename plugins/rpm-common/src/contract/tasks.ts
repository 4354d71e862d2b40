import { z } from 'zod';
import { entityShape, pageSchema, timestampSchema } from './base';
import { listQuerySchema, readQuerySchema } from './filters';
import { defineRoute } from './route';

/** States of a task; the last four are final (Pulp's names). @public */
export const TASK_STATES = [
  'waiting',
  'running',
  'canceling',
  'skipped',
  'completed',
  'failed',
  'canceled',
] as const;

/** @public */
export type TaskState = (typeof TASK_STATES)[number];

/** One counter of a running task. `total` is null while unknown. @public */
export const progressReportSchema = z
  .object({
    message: z.string(),
    code: z.string(),
    state: z.enum(TASK_STATES),
    total: z.int().nullable(),
    done: z.int(),
    suffix: z.string().nullable(),
  })
  .meta({ id: 'ProgressReport' });

/** @public */
export type ProgressReport = z.infer<typeof progressReportSchema>;

/** @public */
export const taskSchema = z
  .object({
    ...entityShape,
    state: z.enum(TASK_STATES),
    name: z.string(),
    logging_cid: z.string(),
    created_by: z.string().nullable(),
    unblocked_at: timestampSchema.nullable(),
    started_at: timestampSchema.nullable(),
    finished_at: timestampSchema.nullable(),
    error: z.record(z.string(), z.unknown()).nullable(),
    worker: z.string().nullable(),
    parent_task: z.string().nullable(),
    child_tasks: z.array(z.string()),
    task_group: z.string().nullable(),
    progress_reports: z.array(progressReportSchema),
    created_resources: z.array(z.string()),
    created_resource_prns: z.array(z.string()),
    reserved_resources_record: z.array(z.string()),
    result: z.unknown().nullable(),
    pulp_api_version: z.string(),
  })
  .meta({ id: 'Task' });

/** A task as the API shows it. @public */
export type Task = z.infer<typeof taskSchema>;

const entity = { parameter: 'task_href', path: 'tasks/{task}/' };
const tag = 'Tasks';

/** @public */
export const taskRoutes = {
  list: defineRoute({
    operationId: 'tasks_list',
    method: 'get',
    path: 'tasks/',
    tag,
    summary: 'List tasks, newest first',
    query: listQuerySchema({
      state: 'choice',
      name: 'text',
      logging_cid: 'exact',
      pulp_created: 'datetime',
      started_at: 'datetime',
      finished_at: 'datetime',
      reserved_resources: 'exactOrIn',
    }),
    responses: { 200: pageSchema(taskSchema, 'Task') },
  }),
  read: defineRoute({
    operationId: 'tasks_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read a task',
    query: readQuerySchema,
    responses: { 200: taskSchema },
  }),
  cancel: defineRoute({
    operationId: 'tasks_cancel',
    method: 'patch',
    entity,
    path: '',
    tag,
    summary: 'Cancel a task that is not final yet',
    body: z
      .strictObject({ state: z.string() })
      .meta({ id: 'PatchedTaskCancel' }),
    responses: { 200: taskSchema },
  }),
  delete: defineRoute({
    operationId: 'tasks_delete',
    method: 'delete',
    entity,
    path: '',
    tag,
    summary: 'Delete the record of a final task',
    responses: { 204: undefined },
  }),
};

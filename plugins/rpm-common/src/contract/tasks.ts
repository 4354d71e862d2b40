import { z } from 'zod';
import {
  asyncOperationSchema,
  entityShape,
  pageSchema,
  timestampSchema,
} from './base';
import { listQuerySchema } from './filters';
import { oneOf, reference, references } from './filterValues';
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

/** The states of tasks that have ended. @public */
export const FINAL_TASK_STATES = [
  'skipped',
  'completed',
  'failed',
  'canceled',
] as const satisfies TaskState[];

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

const minimalShape = {
  ...entityShape,
  name: z.string(),
  state: z.enum(TASK_STATES),
  unblocked_at: timestampSchema.nullable(),
  started_at: timestampSchema.nullable(),
  finished_at: timestampSchema.nullable(),
  worker: z.string().nullable(),
};

/** @public */
export const minimalTaskSchema = z
  .object(minimalShape)
  .meta({ id: 'MinimalTask' });

/** A task as groups show it. @public */
export type MinimalTask = z.infer<typeof minimalTaskSchema>;

/** The fields that `minimal=true` leaves of a task. @public */
export const MINIMAL_TASK_FIELDS = Object.keys(minimalShape);

/** @public */
export const taskSchema = z
  .object({
    ...minimalShape,
    logging_cid: z.string(),
    created_by: z.string().nullable(),
    error: z.record(z.string(), z.unknown()).nullable(),
    parent_task: z.string().nullable(),
    child_tasks: z.array(z.string()),
    task_group: z.string().nullable(),
    progress_reports: z.array(progressReportSchema),
    created_resources: z.array(z.string()),
    created_resource_prns: z.array(z.string()),
    reserved_resources_record: z.array(z.string()),
    result: z.unknown().nullable().meta({ type: 'object', nullable: true }),
    pulp_api_version: z.string(),
  })
  .meta({ id: 'Task' });

/** A task as the API shows it. @public */
export type Task = z.infer<typeof taskSchema>;

/** @public */
export const cancelSchema = z
  .strictObject({ state: z.string() })
  .meta({ id: 'PatchedTaskCancel' });

const purgeSchema = z
  .strictObject({
    finished_before: z
      .string()
      .refine(
        text => !Number.isNaN(Date.parse(text)),
        'Enter a valid date/time.',
      )
      .optional()
      .meta({ format: 'date-time', description: 'Default: now' }),
    states: z
      .array(z.enum(FINAL_TASK_STATES))
      .min(1)
      .optional()
      .meta({ description: 'Of which states; `completed` by default' }),
  })
  .meta({ id: 'Purge' });

const entity = { parameter: 'task_href', path: 'tasks/{task}/' };
const tag = 'Tasks';

const listQuery = listQuerySchema({
  state: oneOf(TASK_STATES),
  name: 'text',
  logging_cid: 'text',
  pulp_created: 'datetime',
  unblocked_at: 'datetime',
  started_at: 'datetime',
  finished_at: 'datetime',
  worker: 'exactOrIn',
  parent_task: reference('task'),
  child_tasks: references('task'),
  task_group: reference('taskGroup'),
  created_resources: reference('any'),
  reserved_resources: 'exactOrIn',
  exclusive_resources: 'exactOrIn',
  shared_resources: 'exactOrIn',
  minimal: 'flag',
});

/** @public */
export const taskRoutes = {
  purge: defineRoute({
    operationId: 'tasks_purge',
    method: 'post',
    path: 'tasks/purge/',
    tag,
    summary: 'Delete the records of tasks that ended before some time',
    body: purgeSchema,
    responses: { 202: asyncOperationSchema },
  }),
  list: defineRoute({
    operationId: 'tasks_list',
    method: 'get',
    path: 'tasks/',
    tag,
    summary: 'List tasks, newest first',
    query: listQuery,
    responses: { 200: pageSchema(taskSchema, 'Task') },
  }),
  read: defineRoute({
    operationId: 'tasks_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read a task',
    query: listQuery.pick({
      fields: true,
      exclude_fields: true,
      minimal: true,
    }),
    responses: { 200: taskSchema },
  }),
  cancel: defineRoute({
    operationId: 'tasks_cancel',
    method: 'patch',
    entity,
    path: '',
    tag,
    summary: 'Cancel a task that is not final yet',
    body: cancelSchema,
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

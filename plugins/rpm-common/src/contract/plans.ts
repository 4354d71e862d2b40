import { z } from 'zod';
import {
  asyncOperationSchema,
  entityShape,
  pageSchema,
  timestampSchema,
} from './base';
import { COPY_CAUSES, type CopyPreview, type CopyResult } from './copy';
import { downloadSchema } from './files';
import { listQuerySchema, pageQuerySchema, readQuerySchema } from './filters';
import { choices, oneOf, reference } from './filterValues';
import { defineRoute } from './route';
import type { KeepReasonName, RemovalReasonName } from './versionResults';

/** @public */
export const PLAN_STATES = ['planned', 'applied'] as const;

/** @public */
export type PlanState = (typeof PLAN_STATES)[number];

/** What becomes of a unit: `rejected` is asked for and would not come. @public */
export const PLAN_CHANGES = ['added', 'removed', 'rejected', 'kept'] as const;

/** @public */
export type PlanChange = (typeof PLAN_CHANGES)[number];

/**
 * Why a unit comes: as copies say, because the base version has it, or as the advisory that others
 * are merged into.
 *
 * @public
 */
export const PLAN_CAUSES = [...COPY_CAUSES, 'base', 'merged'] as const;

/** @public */
export type PlanCause = (typeof PLAN_CAUSES)[number];

const planShape = {
  ...entityShape,
  kind: z.literal('copy'),
  state: z.enum(PLAN_STATES),
  created_by: z.string().nullable(),
  reason: z.string().nullable(),
  task: z.string().nullable().meta({
    description: 'The task that made it; null when its record is deleted',
  }),
  digest: z.string().meta({
    description:
      'SHA-256 of what it changes; applying it makes exactly that or nothing',
  }),
  expires_at: timestampSchema,
  inputs: z.record(z.string(), z.unknown()).meta({
    description: 'What was asked for: `config` with hrefs, and the options',
  }),
  bases: z
    .array(z.object({ repository: z.string(), version: z.string() }))
    .meta({
      description:
        'The latest version of each destination that it was made for',
    }),
  sources: z.array(z.string()).meta({ description: 'Versions copied from' }),
  applied_versions: z
    .array(z.string())
    .meta({ description: 'Versions that it made' }),
  stale: z.string().nullable().meta({
    description: 'Why it cannot be applied, in one sentence; null when it can',
  }),
};

/** @public */
export const planSummarySchema = z
  .object(planShape)
  .meta({ id: 'rpm.PlanSummary' });

/** A plan as lists show it. @public */
export type PlanSummary = z.infer<typeof planSummarySchema>;

/** @public */
export const planSchema = z
  .object({
    ...planShape,
    result: z.custom<CopyPreview | CopyResult>().meta({
      type: 'object',
      description:
        'What the task that made it tells: what was planned, or done; lists name the first 100',
    }),
  })
  .meta({ id: 'rpm.Plan' });

/** A stored plan: made by every copy, dry or not. @public */
export type Plan = z.infer<typeof planSchema>;

const namedUnitShape = {
  pulp_href: z.string().nullable().meta({
    description: 'Null for what does not exist yet or any more',
  }),
  label: z.string(),
};

/** @public */
export const planUnitSchema = z
  .object({
    ...namedUnitShape,
    repository: z.string(),
    change: z.enum(PLAN_CHANGES),
    cause: z
      .enum(PLAN_CAUSES)
      .nullable()
      .meta({ description: 'Why it comes; null for what does not' }),
    reason: z.custom<RemovalReasonName | KeepReasonName | null>().meta({
      type: 'string',
      nullable: true,
      description: 'Why it leaves, does not come, or stays; null for added',
    }),
    chain: z
      .string()
      .nullable()
      .meta({ description: 'From what was asked for to an added unit' }),
    because_of: z
      .object(namedUnitShape)
      .nullable()
      .meta({ description: 'What makes it leave' }),
  })
  .meta({ id: 'rpm.PlanUnit' });

/** What becomes of one unit at one destination. @public */
export type PlanUnit = z.infer<typeof planUnitSchema>;

/** @public */
export const planMissingSchema = z
  .object({
    requirement: z.string(),
    required_by: z.string(),
    held: z.boolean(),
    allowed: z.boolean(),
    sentence: z.string(),
    chain: z.string(),
  })
  .meta({ id: 'rpm.PlanMissing' });

const applySchema = z
  .strictObject({
    reason: z
      .string()
      .optional()
      .meta({ description: "Why; instead of the plan's own" }),
  })
  .meta({ id: 'rpm.PlanApply' });

const entity = { parameter: 'rpm_plan_href', path: 'rpm/plans/{plan}/' };
const tag = 'Rpm: Plans';

/** @public */
export const planRoutes = {
  list: defineRoute({
    operationId: 'rpm_plans_list',
    method: 'get',
    path: 'rpm/plans/',
    tag,
    summary: 'List plans, newest first',
    query: listQuerySchema({
      repository: reference('repository'),
      task: reference('task'),
      state: oneOf(PLAN_STATES),
      created_by: 'exactOrIn',
      pulp_created: 'datetime',
    }),
    responses: { 200: pageSchema(planSummarySchema, 'rpm.Plan') },
  }),
  read: defineRoute({
    operationId: 'rpm_plans_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read a plan',
    query: readQuerySchema,
    responses: { 200: planSchema },
  }),
  units: defineRoute({
    operationId: 'rpm_plans_units',
    method: 'get',
    entity,
    path: 'units/',
    tag,
    summary: 'List what a plan does with which units, and why',
    query: pageQuerySchema.extend({
      change: choices(PLAN_CHANGES).optional(),
      cause: choices(PLAN_CAUSES).optional(),
      repository: reference('repository')[''].optional(),
    }),
    responses: { 200: pageSchema(planUnitSchema, 'rpm.PlanUnit') },
  }),
  missing: defineRoute({
    operationId: 'rpm_plans_missing',
    method: 'get',
    entity,
    path: 'missing/',
    tag,
    summary: 'List requirements that nothing would meet',
    query: pageQuerySchema,
    responses: { 200: pageSchema(planMissingSchema, 'rpm.PlanMissing') },
  }),
  problem: defineRoute({
    operationId: 'rpm_plans_problem',
    method: 'get',
    entity,
    path: 'problem/',
    tag,
    summary: 'Download what the solver was given, to solve it again elsewhere',
    responseType: 'application/gzip',
    responses: { 200: downloadSchema },
  }),
  apply: defineRoute({
    operationId: 'rpm_plans_apply',
    method: 'post',
    entity,
    path: 'apply/',
    tag,
    summary: 'Carry out a plan, as long as its destinations are as they were',
    body: applySchema,
    responses: { 202: asyncOperationSchema },
  }),
};

import { z } from 'zod';
import {
  asyncOperationSchema,
  entityShape,
  labelsSchema,
  nameSchema,
  pageSchema,
  referenceSchema,
  timestampSchema,
  unsupported,
} from './base';
import { listQuerySchema, readQuerySchema, type FilterFields } from './filters';
import { pulpTypes, reference, references } from './filterValues';
import { defineLabelRoutes } from './labels';
import { defineRoute } from './route';

/** @public */
export const distributionSchema = z
  .object({
    ...entityShape,
    name: z.string(),
    base_path: z.string(),
    base_url: z.string(),
    content_guard: z.string().nullable(),
    content_guard_prn: z.string().nullable(),
    no_content_change_since: timestampSchema.nullable(),
    hidden: z.boolean(),
    pulp_labels: labelsSchema,
    repository: z.string().nullable(),
    repository_version: z.string().nullable(),
    publication: z.string().nullable(),
    generate_repo_config: z.boolean(),
    checkpoint: z.boolean(),
  })
  .meta({ id: 'rpm.RpmDistributionResponse' });

/** What distributions of all types show. @public */
export const baseDistributionSchema = distributionSchema
  .omit({
    repository_version: true,
    publication: true,
    generate_repo_config: true,
    checkpoint: true,
  })
  .meta({ id: 'DistributionResponse' });

/** A distribution as the API shows it. @public */
export type Distribution = z.infer<typeof distributionSchema>;

const optionalShape = {
  content_guard: unsupported(z.string()).optional(),
  hidden: z.boolean().optional(),
  pulp_labels: labelsSchema.optional(),
  repository: referenceSchema.nullable().optional(),
  repository_version: referenceSchema.nullable().optional(),
  publication: referenceSchema.nullable().optional(),
  generate_repo_config: z.boolean().optional(),
  checkpoint: z.boolean().optional(),
};

/** @public */
export const distributionInputSchema = z
  .strictObject({
    name: nameSchema,
    base_path: nameSchema,
    ...optionalShape,
  })
  .meta({ id: 'rpm.RpmDistribution' });

/** @public */
export type DistributionInput = z.infer<typeof distributionInputSchema>;

/** @public */
export const distributionPatchSchema = z
  .strictObject({
    name: nameSchema.optional(),
    base_path: nameSchema.optional(),
    ...optionalShape,
  })
  .meta({ id: 'Patchedrpm.RpmDistribution' });

/** @public */
export type DistributionPatch = z.infer<typeof distributionPatchSchema>;

const entity = {
  parameter: 'rpm_rpm_distribution_href',
  path: 'distributions/rpm/rpm/{distribution}/',
};
const tag = 'Distributions: Rpm';

const FILTERS = {
  name: 'name',
  base_path: 'path',
  repository: references('repository'),
  checkpoint: 'flag',
  with_content: reference('content'),
  pulp_label_select: 'labels',
} as const satisfies FilterFields;

/** @public */
export const distributionRoutes = {
  list: defineRoute({
    operationId: 'distributions_rpm_rpm_list',
    method: 'get',
    path: 'distributions/rpm/rpm/',
    tag,
    summary: 'List distributions',
    query: listQuerySchema(FILTERS),
    responses: { 200: pageSchema(distributionSchema, 'rpm.RpmDistribution') },
  }),
  listAll: defineRoute({
    operationId: 'distributions_list',
    method: 'get',
    path: 'distributions/',
    tag: 'Distributions',
    summary: 'List distributions of all types, newest first',
    query: listQuerySchema({ ...FILTERS, pulp_type: pulpTypes(['rpm.rpm']) }),
    responses: { 200: pageSchema(baseDistributionSchema, 'Distribution') },
  }),
  create: defineRoute({
    operationId: 'distributions_rpm_rpm_create',
    method: 'post',
    path: 'distributions/rpm/rpm/',
    tag,
    summary: 'Serve a repository, version or publication under a path',
    body: distributionInputSchema,
    responses: { 202: asyncOperationSchema },
  }),
  read: defineRoute({
    operationId: 'distributions_rpm_rpm_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read a distribution',
    query: readQuerySchema,
    responses: { 200: distributionSchema },
  }),
  update: defineRoute({
    operationId: 'distributions_rpm_rpm_update',
    method: 'put',
    entity,
    path: '',
    tag,
    summary: 'Replace the settings of a distribution',
    body: distributionInputSchema,
    responses: { 200: distributionSchema, 202: asyncOperationSchema },
  }),
  partialUpdate: defineRoute({
    operationId: 'distributions_rpm_rpm_partial_update',
    method: 'patch',
    entity,
    path: '',
    tag,
    summary: 'Change settings of a distribution',
    body: distributionPatchSchema,
    responses: { 200: distributionSchema, 202: asyncOperationSchema },
  }),
  delete: defineRoute({
    operationId: 'distributions_rpm_rpm_delete',
    method: 'delete',
    entity,
    path: '',
    tag,
    summary: 'Stop serving; what was served stays',
    responses: { 202: asyncOperationSchema },
  }),
  ...defineLabelRoutes({ prefix: 'distributions_rpm_rpm', entity, tag }),
};

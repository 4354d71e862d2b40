import { z } from 'zod';
import {
  asyncOperationSchema,
  entityRefSchema,
  entityShape,
  labelsSchema,
  nameSchema,
  pageSchema,
  referenceSchema,
  unsupported,
} from './base';
import { listQuerySchema, readQuerySchema, type FilterFields } from './filters';
import { optionalReferences, pulpTypes, reference } from './filterValues';
import { defineLabelRoutes } from './labels';
import {
  COMPRESSION_TYPES,
  LAYOUTS,
  PUBLISHED_CHECKSUM_TYPES,
} from './publications';
import { defineRoute } from './route';

const CHECKSUM_NAMES: readonly string[] = PUBLISHED_CHECKSUM_TYPES;

/**
 * What to do when a package is removed that a module which stays names as its artifact. @public
 */
export const MODULAR_REMOVALS = ['warn', 'reject', 'allow'] as const;

const settingsShape = {
  description: z.string().nullable(),
  pulp_labels: labelsSchema,
  remote: referenceSchema.nullable(),
  autopublish: z.boolean(),
  retain_repo_versions: z.int().min(1).max(1_000_000).nullable(),
  retain_checkpoints: z.int().min(1).max(1_000_000).nullable(),
  retain_package_versions: z.int().min(0).max(1_000_000),
  modular_removal: z.enum(MODULAR_REMOVALS).meta({
    description:
      'When a package is removed that a module which stays names as its artifact: tell it in the result of the task, refuse it, or neither',
  }),
  checksum_type: z
    .string()
    .nullable()
    .refine(
      value => value === null || CHECKSUM_NAMES.includes(value),
      `Checksum must be one of the allowed checksum types: [${CHECKSUM_NAMES.map(
        name => `'${name}'`,
      ).join(', ')}]`,
    )
    .meta({ enum: [...CHECKSUM_NAMES] }),
  compression_type: z.enum(COMPRESSION_TYPES).nullable(),
  layout: z.enum(LAYOUTS).nullable(),
  repo_config: z.record(z.string(), z.unknown()),
  metadata_signing_service: unsupported(z.string()),
  package_signing_service: unsupported(z.string()),
  package_signing_fingerprint: z
    .string()
    .max(200)
    .regex(
      /^(v\d+:[0-9a-f]+|keyid:[0-9a-f]{16}|[0-9a-f]+)$/i,
      "Enter a fingerprint as 'v4:<hex>' or a key id as 'keyid:<16 hex>'.",
    )
    .nullable()
    .meta({
      description:
        'Key that packages are to be signed with; hexadecimal digits alone are of version 4',
    }),
  osv_config: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        releases: z.array(z.string().min(1).max(200)).max(1000),
      }),
    )
    .max(1000)
    .nullable()
    .meta({
      description: 'Ecosystems of the OSV database that packages belong to',
    }),
  owner: entityRefSchema.nullable().meta({
    description: 'Group or user it belongs to, `group:default/tools`',
  }),
  entity: entityRefSchema
    .nullable()
    .meta({ description: 'Catalog entity it belongs to' }),
};

/** @public */
export const repositorySchema = z
  .object({
    ...entityShape,
    versions_href: z.string(),
    latest_version_href: z.string(),
    name: z.string(),
    ...settingsShape,
    metadata_checksum_type: z.string().nullable(),
    package_checksum_type: z.string().nullable(),
    gpgcheck: z.int().nullable(),
    repo_gpgcheck: z.int().nullable(),
    sqlite_metadata: z.boolean(),
  })
  .meta({ id: 'rpm.RpmRepositoryResponse' });

/** What repositories of all types show. @public */
export const baseRepositorySchema = repositorySchema
  .pick({
    pulp_href: true,
    prn: true,
    pulp_created: true,
    pulp_last_updated: true,
    versions_href: true,
    latest_version_href: true,
    name: true,
    description: true,
    pulp_labels: true,
    retain_repo_versions: true,
    retain_checkpoints: true,
    remote: true,
  })
  .meta({ id: 'RepositoryResponse' });

/** A repository as the API shows it. @public */
export type Repository = z.infer<typeof repositorySchema>;

const optionalShape = z.object(settingsShape).partial().shape;

/** @public */
export const repositoryInputSchema = z
  .strictObject({ name: nameSchema, ...optionalShape })
  .meta({ id: 'rpm.RpmRepository' });

/** @public */
export type RepositoryInput = z.infer<typeof repositoryInputSchema>;

/** @public */
export const repositoryPatchSchema = z
  .strictObject({ name: nameSchema.optional(), ...optionalShape })
  .meta({ id: 'Patchedrpm.RpmRepository' });

/** @public */
export type RepositoryPatch = z.infer<typeof repositoryPatchSchema>;

const dryRunShape = {
  dry_run: z.boolean().optional().meta({
    description:
      'Only tell in the result of the task what would happen: nothing is written',
  }),
};

const repositoryReplacementSchema = repositoryInputSchema
  .extend(dryRunShape)
  .meta({ id: 'rpm.RpmRepositoryReplacement' });

const repositoryUpdateSchema = repositoryPatchSchema
  .extend(dryRunShape)
  .meta({ id: 'Patchedrpm.RpmRepositoryReplacement' });

/** @public */
export const repositoryModifySchema = z
  .strictObject({
    add_content_units: z.array(referenceSchema).optional(),
    remove_content_units: z
      .array(referenceSchema)
      .optional()
      .meta({ description: 'Units, or exactly `["*"]` for everything' }),
    base_version: referenceSchema.nullable().optional().meta({
      description:
        'Start from the content of this version, of any repository, instead of the latest',
    }),
    overwrite: z.boolean().optional().meta({
      description:
        'False: fail when an added unit would replace another one. Default true',
    }),
    reason: z.string().optional().meta({
      description: 'Why; kept with the version',
    }),
    ...dryRunShape,
  })
  .meta({ id: 'RepositoryAddRemoveContent' });

/** @public */
export type RepositoryModifyInput = z.infer<typeof repositoryModifySchema>;

/** @public */
export const repositoryRollbackSchema = z
  .strictObject({
    version: z
      .union([referenceSchema, z.int().min(0)])
      .optional()
      .meta({
        description: 'Href, PRN or number of a version of the repository',
      }),
    checkpoint: z.string().min(1).optional().meta({
      description:
        'Href or PRN of a checkpoint publication of the repository, or its time stamp `20250130T203000Z`',
    }),
    reason: z.string().trim().min(1),
    publish: z.boolean().optional(),
  })
  .meta({ id: 'rpm.RpmRepositoryRollback' });

/** @public */
export type RepositoryRollbackInput = z.infer<typeof repositoryRollbackSchema>;

const entity = {
  parameter: 'rpm_rpm_repository_href',
  path: 'repositories/rpm/rpm/{repository}/',
};
const tag = 'Repositories: Rpm';

const FILTERS = {
  name: 'name',
  owner: 'exactOrIn',
  entity: 'exactOrIn',
  remote: optionalReferences('remote'),
  retain_repo_versions: 'optionalNumber',
  retain_checkpoints: 'optionalNumber',
  with_content: reference('content'),
  latest_with_content: reference('content'),
  pulp_label_select: 'labels',
} as const satisfies FilterFields;

/** @public */
export const repositoryRoutes = {
  list: defineRoute({
    operationId: 'repositories_rpm_rpm_list',
    method: 'get',
    path: 'repositories/rpm/rpm/',
    tag,
    summary: 'List repositories, newest first',
    query: listQuerySchema(FILTERS),
    responses: { 200: pageSchema(repositorySchema, 'rpm.RpmRepository') },
  }),
  listAll: defineRoute({
    operationId: 'repositories_list',
    method: 'get',
    path: 'repositories/',
    tag: 'Repositories',
    summary: 'List repositories of all types, newest first',
    query: listQuerySchema({ ...FILTERS, pulp_type: pulpTypes(['rpm.rpm']) }),
    responses: { 200: pageSchema(baseRepositorySchema, 'Repository') },
  }),
  create: defineRoute({
    operationId: 'repositories_rpm_rpm_create',
    method: 'post',
    path: 'repositories/rpm/rpm/',
    tag,
    summary: 'Create a repository with an empty version 0',
    body: repositoryInputSchema,
    responses: { 201: repositorySchema },
  }),
  read: defineRoute({
    operationId: 'repositories_rpm_rpm_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read a repository',
    query: readQuerySchema,
    responses: { 200: repositorySchema },
  }),
  update: defineRoute({
    operationId: 'repositories_rpm_rpm_update',
    method: 'put',
    entity,
    path: '',
    tag,
    summary: 'Replace the settings of a repository',
    body: repositoryReplacementSchema,
    responses: { 200: repositorySchema, 202: asyncOperationSchema },
  }),
  partialUpdate: defineRoute({
    operationId: 'repositories_rpm_rpm_partial_update',
    method: 'patch',
    entity,
    path: '',
    tag,
    summary: 'Change settings of a repository',
    body: repositoryUpdateSchema,
    responses: { 200: repositorySchema, 202: asyncOperationSchema },
  }),
  delete: defineRoute({
    operationId: 'repositories_rpm_rpm_delete',
    method: 'delete',
    entity,
    path: '',
    tag,
    summary: 'Delete a repository with its versions and publications',
    responses: { 202: asyncOperationSchema },
  }),
  ...defineLabelRoutes({ prefix: 'repositories_rpm_rpm', entity, tag }),
  modify: defineRoute({
    operationId: 'repositories_rpm_rpm_modify',
    method: 'post',
    entity,
    path: 'modify/',
    tag,
    summary: 'Make a version with units added, removed or taken from a version',
    body: repositoryModifySchema,
    responses: { 202: asyncOperationSchema },
  }),
  rollback: defineRoute({
    operationId: 'repositories_rpm_rpm_rollback',
    method: 'post',
    entity,
    path: 'rollback/',
    tag,
    summary: 'Make a version with exactly the content of an earlier one',
    body: repositoryRollbackSchema,
    responses: { 202: asyncOperationSchema },
  }),
};

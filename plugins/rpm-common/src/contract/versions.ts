import { z } from 'zod';
import { asyncOperationSchema, entityShape, pageSchema } from './base';
import { listQuerySchema, pageQuerySchema, readQuerySchema } from './filters';
import { choices, references } from './filterValues';
import { defineRoute } from './route';

const countsSchema = z.record(
  z.string(),
  z.object({ count: z.int(), href: z.string() }),
);

/** Units by content type; `added` and `removed` compare with the version before. @public */
export const contentSummarySchema = z
  .object({ added: countsSchema, removed: countsSchema, present: countsSchema })
  .meta({ id: 'ContentSummaryResponse' });

/** @public */
export type ContentSummary = z.infer<typeof contentSummarySchema>;

/** @public */
export const versionSchema = z
  .object({
    ...entityShape,
    number: z.int(),
    repository: z.string(),
    base_version: z.string().nullable(),
    content_summary: contentSummarySchema,
    vuln_report: z.string().nullable(),
    created_by: z.string().nullable(),
    reason: z.string().nullable(),
    inputs: z.record(z.string(), z.unknown()).meta({
      description: 'The operation that made it and what it was given',
    }),
  })
  .meta({ id: 'RepositoryVersionResponse' });

/** A repository version as the API shows it. @public */
export type RepositoryVersion = z.infer<typeof versionSchema>;

/** What a difference between versions can be about. @public */
export const DIFF_KINDS = [
  'package',
  'module',
  'module_defaults',
  'module_obsolete',
  'module_document',
  'advisory',
  'group',
  'category',
  'environment',
  'langpacks',
  'metadata_file',
  'distribution_tree',
] as const;

/** @public */
export type DiffKind = (typeof DIFF_KINDS)[number];

/**
 * What happened to it: `up` and `down` compare versions, `changed` is the same version (or id) with
 * other content.
 *
 * @public
 */
export const DIFF_CHANGES = [
  'up',
  'down',
  'changed',
  'added',
  'removed',
] as const;

/** @public */
export type DiffChange = (typeof DIFF_CHANGES)[number];

const diffSideSchema = z
  .object({
    pulp_href: z.string(),
    label: z.string().meta({
      description:
        'Full name: NEVRA, module:stream:version:context:arch, advisory id, group id',
    }),
    version: z.string().nullable().meta({
      description:
        '`[epoch:]version-release`, module version, date of an advisory',
    }),
    title: z.string().nullable(),
  })
  .meta({ id: 'rpm.VersionDiffSide' });

/** @public */
export const diffEntrySchema = z
  .object({
    kind: z.enum(DIFF_KINDS),
    change: z.enum(DIFF_CHANGES),
    name: z.string(),
    arch: z.string().nullable(),
    from: diffSideSchema.nullable(),
    to: diffSideSchema.nullable(),
  })
  .meta({ id: 'rpm.VersionDiffEntry' });

/** One difference; `from` is null for what is added, `to` for what is removed. @public */
export type DiffEntry = z.infer<typeof diffEntrySchema>;

const diffCountsSchema = z
  .record(
    z.string(),
    z.object({
      up: z.int(),
      down: z.int(),
      changed: z.int(),
      added: z.int(),
      removed: z.int(),
    }),
  )
  .meta({ id: 'rpm.VersionDiffCounts' });

/** @public */
export const diffSchema = z
  .object({
    from_version: z
      .string()
      .nullable()
      .meta({ description: 'Null: compared with nothing' }),
    to_version: z.string(),
    counts: diffCountsSchema.meta({
      description:
        'Of the whole difference, by kind; kinds without any are left out',
    }),
    count: z
      .int()
      .meta({ description: 'Entries that the filters let through' }),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(diffEntrySchema),
  })
  .meta({ id: 'rpm.VersionDiffResponse' });

/** What one version has and another has not. @public */
export type VersionDiff = z.infer<typeof diffSchema>;

const diffQuerySchema = pageQuerySchema.extend({
  from: z.string().optional(),
  kind: choices(DIFF_KINDS).optional(),
  change: choices(DIFF_CHANGES).optional(),
});

const entity = {
  parameter: 'rpm_rpm_repository_version_href',
  path: 'repositories/rpm/rpm/{repository}/versions/{number}/',
};
const repository = {
  parameter: 'rpm_rpm_repository_href',
  path: 'repositories/rpm/rpm/{repository}/',
};
const tag = 'Repositories: Rpm Versions';

const versionListQuery = listQuerySchema({
  number: 'number',
  pulp_created: 'datetime',
  content: references('content'),
});

/** @public */
export const versionRoutes = {
  list: defineRoute({
    operationId: 'repositories_rpm_rpm_versions_list',
    method: 'get',
    entity: repository,
    path: 'versions/',
    tag,
    summary: 'List the versions of a repository, newest first',
    query: versionListQuery,
    responses: { 200: pageSchema(versionSchema, 'RepositoryVersion') },
  }),
  listAll: defineRoute({
    operationId: 'repository_versions_list',
    method: 'get',
    path: 'repository_versions/',
    tag: 'Repository_Versions',
    summary: 'List the versions of all repositories, newest first',
    query: versionListQuery,
    responses: { 200: pageSchema(versionSchema, 'RepositoryVersion') },
  }),
  read: defineRoute({
    operationId: 'repositories_rpm_rpm_versions_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read a version',
    query: readQuerySchema,
    responses: { 200: versionSchema },
  }),
  delete: defineRoute({
    operationId: 'repositories_rpm_rpm_versions_delete',
    method: 'delete',
    entity,
    path: '',
    tag,
    summary: 'Delete a version; the content of all others stays as it is',
    responses: { 202: asyncOperationSchema },
  }),
  repair: defineRoute({
    operationId: 'repositories_rpm_rpm_versions_repair',
    method: 'post',
    entity,
    path: 'repair/',
    tag,
    summary: 'Look for damaged files of a version and fetch them again',
    body: z
      .strictObject({
        verify_checksums: z.boolean().default(true).meta({
          description:
            'Read all bytes; otherwise only whether files are there and as long as they should be',
        }),
      })
      .meta({ id: 'Repair' }),
    responses: { 202: asyncOperationSchema },
  }),
  diff: defineRoute({
    operationId: 'repositories_rpm_rpm_versions_diff',
    method: 'get',
    entity,
    path: 'diff/',
    tag,
    summary: 'Compare a version with another one, of any repository',
    query: diffQuerySchema,
    responses: { 200: diffSchema },
  }),
};

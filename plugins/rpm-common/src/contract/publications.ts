import { z } from 'zod';
import {
  asyncOperationSchema,
  entityShape,
  pageSchema,
  referenceSchema,
} from './base';
import { listQuerySchema, readQuerySchema, type FilterFields } from './filters';
import { pulpTypes, references } from './filterValues';
import { defineRoute } from './route';

/** Digests that published metadata may use. @public */
export const PUBLISHED_CHECKSUM_TYPES = ['sha256', 'sha384', 'sha512'] as const;

/** Compressions of published metadata. @public */
export const COMPRESSION_TYPES = ['gz', 'zstd', 'none'] as const;

/** Where published packages stand below the publication's root. @public */
export const LAYOUTS = [
  'nested_alphabetically',
  'flat',
  'nested_by_digest',
] as const;

/** @public */
export type PublishedChecksumType = (typeof PUBLISHED_CHECKSUM_TYPES)[number];
/** @public */
export type CompressionType = (typeof COMPRESSION_TYPES)[number];
/** @public */
export type Layout = (typeof LAYOUTS)[number];

/** @public */
export const publicationSchema = z
  .object({
    ...entityShape,
    repository_version: z.string(),
    repository: z.string(),
    checkpoint: z.boolean(),
    checkpoint_timestamp: z.string().nullable().meta({
      description: 'UTC, `20250130T203000Z`; what it is served under',
    }),
    checksum_type: z.enum([...PUBLISHED_CHECKSUM_TYPES, 'unknown']).meta({
      description: "`unknown`: a mirror with its remote's own metadata",
    }),
    metadata_checksum_type: z.string().nullable(),
    package_checksum_type: z.string().nullable(),
    gpgcheck: z.int().nullable(),
    repo_gpgcheck: z.int().nullable(),
    sqlite_metadata: z.boolean(),
    repo_config: z.record(z.string(), z.unknown()),
    compression_type: z.enum(COMPRESSION_TYPES).nullable(),
    layout: z.enum(LAYOUTS).nullable(),
  })
  .meta({ id: 'rpm.RpmPublicationResponse' });

/** What publications of all types show. @public */
export const basePublicationSchema = publicationSchema
  .pick({
    pulp_href: true,
    prn: true,
    pulp_created: true,
    pulp_last_updated: true,
    repository_version: true,
    repository: true,
  })
  .meta({ id: 'PublicationResponse' });

/** A publication as the API shows it. @public */
export type Publication = z.infer<typeof publicationSchema>;

/** @public */
export const publicationInputSchema = z
  .strictObject({
    repository: referenceSchema.nullable().optional(),
    repository_version: referenceSchema.nullable().optional(),
    checkpoint: z.boolean().optional(),
    checksum_type: z.enum(PUBLISHED_CHECKSUM_TYPES).nullable().optional(),
    compression_type: z.enum(COMPRESSION_TYPES).nullable().optional(),
    layout: z.enum(LAYOUTS).nullable().optional(),
    repo_config: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'rpm.RpmPublication' });

/** @public */
export type PublicationInput = z.infer<typeof publicationInputSchema>;

const entity = {
  parameter: 'rpm_rpm_publication_href',
  path: 'publications/rpm/rpm/{publication}/',
};
const tag = 'Publications: Rpm';

const FILTERS = {
  repository: references('repository'),
  repository_version: references('version'),
  content: references('content'),
  pulp_created: 'datetime',
  checkpoint: 'flag',
} as const satisfies FilterFields;

/** @public */
export const publicationRoutes = {
  list: defineRoute({
    operationId: 'publications_rpm_rpm_list',
    method: 'get',
    path: 'publications/rpm/rpm/',
    tag,
    summary: 'List publications, newest first',
    query: listQuerySchema(FILTERS),
    responses: { 200: pageSchema(publicationSchema, 'rpm.RpmPublication') },
  }),
  listAll: defineRoute({
    operationId: 'publications_list',
    method: 'get',
    path: 'publications/',
    tag: 'Publications',
    summary: 'List publications of all types, newest first',
    query: listQuerySchema({ ...FILTERS, pulp_type: pulpTypes(['rpm.rpm']) }),
    responses: { 200: pageSchema(basePublicationSchema, 'Publication') },
  }),
  create: defineRoute({
    operationId: 'publications_rpm_rpm_create',
    method: 'post',
    path: 'publications/rpm/rpm/',
    tag,
    summary: 'Publish a repository version',
    body: publicationInputSchema,
    responses: { 202: asyncOperationSchema },
  }),
  read: defineRoute({
    operationId: 'publications_rpm_rpm_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read a publication',
    query: readQuerySchema,
    responses: { 200: publicationSchema },
  }),
  delete: defineRoute({
    operationId: 'publications_rpm_rpm_delete',
    method: 'delete',
    entity,
    path: '',
    tag,
    summary: 'Delete a publication',
    responses: { 204: undefined },
  }),
};

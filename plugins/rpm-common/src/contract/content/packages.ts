import { z } from 'zod';
import { asyncOperationSchema, labelsSchema, pageSchema } from '../base';
import { pageQuerySchema } from '../filters';
import { reference } from '../filterValues';
import { packageModuleSchema } from '../modules';
import { defineRoute } from '../route';
import { contentDestinationShape, fileSourceShape } from './create';
import { artifactShape, contentShape, defineContentRoutes } from './unit';

const identityShape = {
  name: z.string(),
  epoch: z.string(),
  version: z.string(),
  release: z.string(),
  arch: z.string(),
  pkgId: z.string(),
  checksum_type: z.string(),
  signing_keys: z.array(z.string()).nullable(),
};

const text = z.string().nullable();

/** Name, flag (`EQ`, `LT`, `GT`, `LE`, `GE`), epoch, version, release, needed by scriptlets. @public */
export const packageRelationSchema = z.tuple([
  z.string(),
  text,
  text,
  text,
  text,
  z.boolean(),
]);

/** @public */
export type PackageRelation = z.infer<typeof packageRelationSchema>;

/** Type (null, `dir` or `ghost`), folder with trailing slash, name. @public */
export const packageFileSchema = z.tuple([text, z.string(), z.string()]);

/** Author, Unix seconds, text. @public */
export const packageChangelogSchema = z.tuple([
  z.string(),
  z.number(),
  z.string(),
]);

const relations = z.array(packageRelationSchema);

/** @public */
export const packageSchema = z
  .object({
    ...contentShape,
    ...artifactShape,
    ...identityShape,
    summary: z.string(),
    description: z.string(),
    url: z.string(),
    changelogs: z.array(packageChangelogSchema),
    files: z.array(packageFileSchema),
    requires: relations,
    provides: relations,
    conflicts: relations,
    obsoletes: relations,
    suggests: relations,
    enhances: relations,
    recommends: relations,
    supplements: relations,
    location_base: z.string(),
    location_href: z.string(),
    rpm_buildhost: z.string(),
    rpm_group: z.string(),
    rpm_license: z.string(),
    rpm_packager: z.string(),
    rpm_sourcerpm: z.string(),
    rpm_vendor: z.string(),
    rpm_header_start: z.number(),
    rpm_header_end: z.number(),
    is_modular: z.boolean(),
    size_archive: z.number(),
    size_installed: z.number(),
    size_package: z.number(),
    time_build: z.number(),
    time_file: z.number(),
  })
  .meta({ id: 'rpm.PackageResponse' });

/** A package as the API shows it. @public */
export type Package = z.infer<typeof packageSchema>;

/** The fields that `minimal=true` leaves of a package. @public */
export const MINIMAL_PACKAGE_FIELDS = [
  ...Object.keys(contentShape),
  ...Object.keys(identityShape),
];

const moduleShape = {
  module: z.string().optional().meta({
    description:
      'The module that the package is an artifact of: `name:stream:version:context` or `…:arch`. Its document has to be there. A package whose header says that it belongs to a module needs that module, named or not.',
  }),
};

/** @public */
export const packageInputSchema = z
  .strictObject({
    ...fileSourceShape,
    ...contentDestinationShape,
    /** Accepted and of no effect: a package's place follows from its header. */
    relative_path: z.string().optional(),
    ...moduleShape,
  })
  .meta({ id: 'rpm.Package' });

/** @public */
export type PackageInput = z.infer<typeof packageInputSchema>;

/** @public */
export const packageUploadSchema = z
  .strictObject({
    ...fileSourceShape,
    pulp_labels: labelsSchema.optional(),
    ...moduleShape,
  })
  .meta({ id: 'rpm.PackageUpload' });

const BODY_TYPES = ['application/json', 'multipart/form-data'] as const;
const collection = 'content/rpm/packages/';
const tag = 'Content: Packages';

const listAndRead = defineContentRoutes({
  collection: 'packages',
  parameter: 'rpm_package_href',
  tag: 'Packages',
  units: 'packages',
  schema: packageSchema,
  id: 'rpm.Package',
  filters: {
    name: 'text',
    epoch: 'choice',
    version: 'choice',
    release: 'text',
    arch: 'text',
    pkgId: 'exactOrIn',
    checksum_type: 'choice',
    sha256: 'exact',
    filename: 'exact',
    signing_key: 'exact',
    minimal: 'flag',
  },
});

/** @public */
export const packageRoutes = {
  ...listAndRead,
  create: defineRoute({
    operationId: 'content_rpm_packages_create',
    method: 'post',
    path: collection,
    tag,
    summary: 'Make a package of an RPM file, and add it to a repository',
    body: packageInputSchema,
    bodyTypes: BODY_TYPES,
    responses: { 202: asyncOperationSchema },
  }),
  modules: defineRoute({
    operationId: 'content_rpm_packages_modules',
    method: 'get',
    entity: {
      parameter: 'rpm_package_href',
      path: `${collection}{unit}/`,
    },
    path: 'modules/',
    tag,
    summary: 'List the modules of which a package is an artifact',
    query: pageQuerySchema.extend({
      repository_version: reference('versionOrRepository')
        [''].optional()
        .meta({ description: 'Only those that this version holds' }),
    }),
    responses: { 200: pageSchema(packageModuleSchema, 'rpm.PackageModule') },
  }),
  upload: defineRoute({
    operationId: 'content_rpm_packages_upload',
    method: 'post',
    path: `${collection}upload/`,
    tag,
    summary: 'Make a package of an RPM file at once',
    body: packageUploadSchema,
    bodyTypes: BODY_TYPES,
    responses: { 201: packageSchema },
  }),
};

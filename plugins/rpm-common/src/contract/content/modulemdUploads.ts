import { z } from 'zod';
import { asyncOperationSchema, referenceSchema } from '../base';
import { defineRoute } from '../route';
import { contentDestinationShape, fileSourceShape } from './create';

const text = z.string().nullable().optional();
const listsByName = z.record(z.string(), z.array(z.string()));

/** The document; everything else may be left out, and must agree with it where it is given. */
const shape = {
  snippet: z.string().min(1).meta({
    description: 'One document of modules.yaml, with or without its markers',
  }),
  ...contentDestinationShape,
};

/** @public */
export const modulemdUploadSchema = z
  .strictObject({
    ...fileSourceShape,
    ...contentDestinationShape,
    snippet: z.string().min(1).optional().meta({
      description:
        'One document of modules.yaml, with or without its markers; or several of any kinds, like a file',
    }),
    name: text,
    stream: text,
    version: text,
    context: text,
    arch: text,
    static_context: z.boolean().nullable().optional(),
    artifacts: z.array(z.string()).nullable().optional(),
    dependencies: z
      .array(
        z.strictObject({
          requires: listsByName.optional(),
          buildrequires: listsByName.optional(),
        }),
      )
      .nullable()
      .optional(),
    packages: z.array(referenceSchema).nullable().optional().meta({
      description:
        'Packages that are among the artifacts; which are is found out in any case',
    }),
    profiles: listsByName.nullable().optional(),
    description: text,
  })
  .meta({ id: 'rpm.Modulemd' });

/** @public */
export type ModulemdUpload = z.infer<typeof modulemdUploadSchema>;

/** @public */
export const modulemdDefaultsUploadSchema = z
  .strictObject({
    ...shape,
    module: text,
    stream: text,
    profiles: listsByName.nullable().optional(),
  })
  .meta({ id: 'rpm.ModulemdDefaults' });

/** @public */
export const modulemdObsoleteUploadSchema = z
  .strictObject({
    ...shape,
    modified: text,
    module_name: text,
    module_stream: text,
    message: text,
    override_previous: text,
    module_context: text,
    eol_date: text,
    obsoleted_by_module_name: text,
    obsoleted_by_module_stream: text,
  })
  .meta({ id: 'rpm.ModulemdObsolete' });

/** @public */
export const modulemdUploadRoutes = {
  create: defineRoute({
    operationId: 'content_rpm_modulemds_create',
    method: 'post',
    path: 'content/rpm/modulemds/',
    tag: 'Content: Modulemds',
    summary: 'Upload a module, or a whole modules.yaml',
    body: modulemdUploadSchema,
    bodyTypes: ['application/json', 'multipart/form-data'],
    responses: { 202: asyncOperationSchema },
  }),
};

/** @public */
export const modulemdDefaultsUploadRoutes = {
  create: defineRoute({
    operationId: 'content_rpm_modulemd_defaults_create',
    method: 'post',
    path: 'content/rpm/modulemd_defaults/',
    tag: 'Content: Modulemd_Defaults',
    summary: 'Upload the defaults of a module',
    body: modulemdDefaultsUploadSchema,
    responses: { 202: asyncOperationSchema },
  }),
};

/** @public */
export const modulemdObsoleteUploadRoutes = {
  create: defineRoute({
    operationId: 'content_rpm_modulemd_obsoletes_create',
    method: 'post',
    path: 'content/rpm/modulemd_obsoletes/',
    tag: 'Content: Modulemd_Obsoletes',
    summary: 'Upload a notice that a stream has ended',
    body: modulemdObsoleteUploadSchema,
    responses: { 202: asyncOperationSchema },
  }),
};

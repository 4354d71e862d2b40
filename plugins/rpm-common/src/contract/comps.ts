import { z } from 'zod';
import { asyncOperationSchema, referenceSchema } from './base';
import { fileSchema } from './files';
import { defineRoute } from './route';

/** @public */
export const compsUploadSchema = z
  .strictObject({
    file: fileSchema,
    repository: referenceSchema.nullable().optional(),
    replace: z.boolean().default(false).meta({
      description:
        'Whether the file stands for all that the repository shall have of its kind',
    }),
    reason: z
      .string()
      .optional()
      .meta({ description: 'Why; kept with the version' }),
  })
  .meta({ id: 'rpm.CompsXml' });

/** @public */
export type CompsUploadInput = z.infer<typeof compsUploadSchema>;

/** @public */
export const compsRoutes = {
  upload: defineRoute({
    operationId: 'rpm_comps_upload',
    method: 'post',
    path: 'rpm/comps/',
    tag: 'Rpm: Comps',
    summary:
      'Upload groups, categories, environments and langpacks in one file',
    body: compsUploadSchema,
    bodyTypes: ['multipart/form-data'],
    responses: { 202: asyncOperationSchema },
  }),
};

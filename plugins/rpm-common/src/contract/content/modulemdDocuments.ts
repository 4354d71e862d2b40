import { z } from 'zod';
import { contentShape, defineContentRoutes } from './unit';

const text = z.string().nullable();

/** @public */
export const modulemdDocumentSchema = z
  .object({
    ...contentShape,
    document_type: z.string().meta({
      description:
        'What the document calls itself, such as `modulemd-translations`',
    }),
    document_version: text.meta({
      description: "Version of that kind's format",
    }),
    module: text.meta({
      description: 'The module it is about, with its stream where it has one',
    }),
    sha256: z.string().meta({ description: 'Of the snippet' }),
    snippet: z.string().meta({
      description: 'The document as it is published, between its markers',
    }),
  })
  .meta({ id: 'rpm.ModulemdDocumentResponse' });

/** A document of modules.yaml that is kept as it is, as the API shows it. @public */
export type ModulemdDocument = z.infer<typeof modulemdDocumentSchema>;

/** @public */
export const modulemdDocumentRoutes = defineContentRoutes({
  collection: 'modulemd_documents',
  parameter: 'rpm_modulemd_document_href',
  tag: 'Modulemd_Documents',
  units: 'documents of modules.yaml that are kept as they are',
  schema: modulemdDocumentSchema,
  id: 'rpm.ModulemdDocument',
  filters: {
    document_type: 'exactOrIn',
    module: 'exactOrIn',
    sha256: 'exact',
  },
});

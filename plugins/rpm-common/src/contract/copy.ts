import { z } from 'zod';
import { asyncOperationSchema, referenceSchema } from './base';
import { defineRoute } from './route';

/** One source with its destination. @public */
export const copyEntrySchema = z.strictObject({
  source_repo_version: referenceSchema,
  dest_repo: referenceSchema,
  dest_base_version: z.int().min(0).optional(),
  /** Absent: everything in the source version. Empty: nothing, but a source of dependencies. */
  content: z.array(referenceSchema).nullable().optional(),
});

/** @public */
export type CopyEntry = z.infer<typeof copyEntrySchema>;

/**
 * The body of a copy. Its `config` is checked by the copy room, which answers as Pulp does for a
 * configuration that makes no sense; unknown keys are refused at every level.
 *
 * @public
 */
export const copyInputSchema = z
  .strictObject({
    config: z
      .unknown()
      .refine(config => config !== undefined, 'This field is required.')
      .meta({ type: 'array', items: { type: 'object' } }),
    dependency_solving: z.boolean().default(true),
    dependency_upgrade: z.boolean().default(false),
    reason: z
      .string()
      .optional()
      .meta({ description: 'Why; kept with the versions' }),
  })
  .meta({ id: 'Copy' });

/** @public */
export const copyRoutes = {
  copy: defineRoute({
    operationId: 'copy_content',
    method: 'post',
    path: 'rpm/copy/',
    tag: 'Rpm: Copy',
    summary: 'Copy units with everything they need',
    body: copyInputSchema,
    responses: { 202: asyncOperationSchema },
  }),
};

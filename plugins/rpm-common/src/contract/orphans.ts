import { z } from 'zod';
import { asyncOperationSchema } from './base';
import { defineRoute } from './route';

/** A century. */
const MOST_MINUTES = 52_560_000;

/** @public */
export const orphanCleanUpSchema = z
  .strictObject({
    content_hrefs: z
      .array(z.string())
      .refine(names => names.length > 0, 'Must not be [].')
      .nullish()
      .meta({ description: 'Which units to look at; all when absent' }),
    orphan_protection_time: z.int().min(0).max(MOST_MINUTES).nullish().meta({
      description:
        'Minutes for which content is spared after somebody wanted it; a setting decides when absent',
    }),
  })
  .meta({ id: 'OrphansCleanup' });

/** @public */
export const orphanRoutes = {
  cleanUp: defineRoute({
    operationId: 'orphans_cleanup_cleanup',
    method: 'post',
    path: 'orphans/cleanup/',
    tag: 'Orphans: Cleanup',
    summary: 'Delete content that no repository holds, and unused files',
    body: orphanCleanUpSchema,
    responses: { 202: asyncOperationSchema },
  }),
};

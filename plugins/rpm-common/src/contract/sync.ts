import { z } from 'zod';
import { asyncOperationSchema, referenceSchema } from './base';
import { defineRoute } from './route';

/** What a sync leaves: everything that was there too, or exactly what the remote has. @public */
export const SYNC_POLICIES = [
  'additive',
  'mirror_complete',
  'mirror_content_only',
] as const;

/** @public */
export type SyncPolicy = (typeof SYNC_POLICIES)[number];

/** @public */
export const syncInputSchema = z
  .strictObject({
    remote: referenceSchema.nullable().optional(),
    sync_policy: z.enum(SYNC_POLICIES).optional(),
    mirror: z.boolean().optional().meta({ deprecated: true }),
    skip_types: z.array(z.enum(['srpm', 'treeinfo'])).optional(),
    optimize: z.boolean().optional(),
  })
  .meta({ id: 'RpmRepositorySyncURL' });

/** @public */
export type SyncInput = z.infer<typeof syncInputSchema>;

/** @public */
export const syncRoutes = {
  sync: defineRoute({
    operationId: 'repositories_rpm_rpm_sync',
    method: 'post',
    entity: {
      parameter: 'rpm_rpm_repository_href',
      path: 'repositories/rpm/rpm/{repository}/',
    },
    path: 'sync/',
    tag: 'Repositories: Rpm',
    summary: 'Take in what a remote has',
    body: syncInputSchema,
    responses: { 202: asyncOperationSchema },
  }),
};

import { z } from 'zod';
import { timestampSchema } from './base';
import { defineRoute } from './route';

const appStatusSchema = z.object({
  name: z.string(),
  last_heartbeat: timestampSchema,
  versions: z.record(z.string(), z.string()),
  pulp_href: z.string(),
  prn: z.string(),
});

/** @public */
export const statusSchema = z
  .object({
    versions: z.array(
      z.object({
        component: z.string(),
        version: z.string(),
        package: z.string(),
        module: z.string(),
        domain_compatible: z.boolean(),
      }),
    ),
    online_workers: z.array(appStatusSchema),
    online_api_apps: z.array(appStatusSchema),
    online_content_apps: z.array(appStatusSchema),
    database_connection: z.object({ connected: z.boolean() }),
    redis_connection: z.object({ connected: z.boolean() }),
    storage: z
      .object({ total: z.number(), used: z.number(), free: z.number() })
      .nullable(),
    content_settings: z.object({
      content_origin: z.string(),
      content_path_prefix: z.string(),
    }),
    domain_enabled: z.boolean(),
  })
  .meta({ id: 'Status' });

/** @public */
export const statusRoutes = {
  read: defineRoute({
    operationId: 'status_read',
    method: 'get',
    path: 'status/',
    tag: 'Status',
    summary: 'Versions of the service and who is on line',
    responses: { 200: statusSchema },
    anonymous: true,
  }),
};

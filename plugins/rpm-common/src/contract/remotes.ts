import { z } from 'zod';
import {
  asyncOperationSchema,
  entityRefSchema,
  entityShape,
  labelsSchema,
  nameSchema,
  pageSchema,
} from './base';
import { listQuerySchema, readQuerySchema, type FilterFields } from './filters';
import { pulpTypes } from './filterValues';
import { defineLabelRoutes } from './labels';
import { defineRoute } from './route';

/** How files are fetched: during the sync, at first request and kept, or at each request. @public */
export const DOWNLOAD_POLICIES = [
  'immediate',
  'on_demand',
  'streamed',
] as const;

/** @public */
export type DownloadPolicy = (typeof DOWNLOAD_POLICIES)[number];

/** Fields that are written and never shown. @public */
export const REMOTE_SECRETS = [
  'client_key',
  'proxy_username',
  'proxy_password',
  'username',
  'password',
] as const;

/** Timers know no longer time than 24 days. */
const secondsSchema = z.number().min(0).max(2_000_000).nullable();
const settingsShape = {
  url: z.string().min(1),
  pulp_labels: labelsSchema,
  policy: z.enum(DOWNLOAD_POLICIES),
  ca_cert: z.string().nullable(),
  client_cert: z.string().nullable(),
  tls_validation: z.boolean(),
  proxy_url: z.string().nullable(),
  max_retries: z.int().min(0).nullable(),
  download_concurrency: z.int().min(1).max(1_000).nullable(),
  total_timeout: secondsSchema,
  connect_timeout: secondsSchema,
  sock_connect_timeout: secondsSchema,
  sock_read_timeout: secondsSchema,
  headers: z.array(z.record(z.string(), z.string())).nullable(),
  rate_limit: z.int().min(0).nullable(),
  sles_auth_token: z.string().nullable(),
  owner: entityRefSchema.nullable(),
  entity: entityRefSchema.nullable(),
};

/** @public */
export const remoteSchema = z
  .object({
    ...entityShape,
    name: z.string(),
    ...settingsShape,
    hidden_fields: z.array(z.object({ name: z.string(), is_set: z.boolean() })),
  })
  .meta({ id: 'rpm.RpmRemoteResponse' });

/** What remotes of all types show. @public */
export const baseRemoteSchema = remoteSchema
  .omit({ sles_auth_token: true, owner: true, entity: true })
  .meta({ id: 'RemoteResponse' });

/** A remote as the API shows it. @public */
export type Remote = z.infer<typeof remoteSchema>;

const secretsShape = {
  client_key: z.string().nullable(),
  proxy_username: z.string().nullable(),
  proxy_password: z.string().nullable(),
  username: z.string().nullable(),
  password: z.string().nullable(),
} satisfies Record<(typeof REMOTE_SECRETS)[number], z.ZodType>;
const writableShape = {
  name: nameSchema,
  ...settingsShape,
  ...secretsShape,
};
const { name, url, ...optionalShape } = writableShape;

/** @public */
export const remoteInputSchema = z
  .strictObject({ name, url, ...z.object(optionalShape).partial().shape })
  .meta({ id: 'rpm.RpmRemote' });

/** @public */
export type RemoteInput = z.infer<typeof remoteInputSchema>;

/** How to fetch a single file: what a remote says besides what and whose it is. @public */
export const downloaderConfigSchema = z.strictObject(
  z
    .object({ ...settingsShape, ...secretsShape })
    .omit({
      url: true,
      policy: true,
      pulp_labels: true,
      owner: true,
      entity: true,
      sles_auth_token: true,
    })
    .partial().shape,
);

/** @public */
export type DownloaderConfig = z.infer<typeof downloaderConfigSchema>;

/** @public */
export const remotePatchSchema = z
  .strictObject(z.object(writableShape).partial().shape)
  .meta({ id: 'Patchedrpm.RpmRemote' });

/** @public */
export type RemotePatch = z.infer<typeof remotePatchSchema>;

const entity = {
  parameter: 'rpm_rpm_remote_href',
  path: 'remotes/rpm/rpm/{remote}/',
};
const tag = 'Remotes: Rpm';

const FILTERS = {
  name: 'name',
  pulp_last_updated: 'datetime',
  pulp_label_select: 'labels',
} as const satisfies FilterFields;

/** @public */
export const remoteRoutes = {
  list: defineRoute({
    operationId: 'remotes_rpm_rpm_list',
    method: 'get',
    path: 'remotes/rpm/rpm/',
    tag,
    summary: 'List remotes',
    query: listQuerySchema(FILTERS),
    responses: { 200: pageSchema(remoteSchema, 'rpm.RpmRemote') },
  }),
  listAll: defineRoute({
    operationId: 'remotes_list',
    method: 'get',
    path: 'remotes/',
    tag: 'Remotes',
    summary: 'List remotes of all types, newest first',
    query: listQuerySchema({ ...FILTERS, pulp_type: pulpTypes(['rpm.rpm']) }),
    responses: { 200: pageSchema(baseRemoteSchema, 'Remote') },
  }),
  create: defineRoute({
    operationId: 'remotes_rpm_rpm_create',
    method: 'post',
    path: 'remotes/rpm/rpm/',
    tag,
    summary: 'Create a remote',
    body: remoteInputSchema,
    responses: { 201: remoteSchema },
  }),
  read: defineRoute({
    operationId: 'remotes_rpm_rpm_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read a remote',
    query: readQuerySchema,
    responses: { 200: remoteSchema },
  }),
  update: defineRoute({
    operationId: 'remotes_rpm_rpm_update',
    method: 'put',
    entity,
    path: '',
    tag,
    summary: 'Replace the settings of a remote',
    body: remoteInputSchema,
    responses: { 200: remoteSchema, 202: asyncOperationSchema },
  }),
  partialUpdate: defineRoute({
    operationId: 'remotes_rpm_rpm_partial_update',
    method: 'patch',
    entity,
    path: '',
    tag,
    summary: 'Change settings of a remote',
    body: remotePatchSchema,
    responses: { 200: remoteSchema, 202: asyncOperationSchema },
  }),
  delete: defineRoute({
    operationId: 'remotes_rpm_rpm_delete',
    method: 'delete',
    entity,
    path: '',
    tag,
    summary: 'Delete a remote',
    responses: { 202: asyncOperationSchema },
  }),
  ...defineLabelRoutes({ prefix: 'remotes_rpm_rpm', entity, tag }),
};

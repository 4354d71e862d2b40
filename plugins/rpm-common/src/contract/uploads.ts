import { z } from 'zod';
import { asyncOperationSchema, entityShape, pageSchema } from './base';
import { fileSchema } from './files';
import { listQuerySchema, readQuerySchema } from './filters';
import { defineRoute } from './route';

const shape = {
  ...entityShape,
  size: z.int(),
  completed: z.string().nullable(),
};

/** @public */
export const uploadSchema = z.object(shape).meta({ id: 'UploadResponse' });

/** An upload in pieces as the API shows it. @public */
export type Upload = z.infer<typeof uploadSchema>;

/** @public */
export const uploadDetailSchema = z
  .object({
    ...shape,
    chunks: z.array(z.object({ offset: z.int(), size: z.int() })),
  })
  .meta({ id: 'UploadDetailResponse' });

/** @public */
export const uploadInputSchema = z
  .strictObject({ size: z.int().min(1) })
  .meta({ id: 'Upload' });

/** @public */
export const uploadChunkSchema = z
  .strictObject({ file: fileSchema, sha256: z.string().nullable().optional() })
  .meta({ id: 'UploadChunk' });

/** @public */
export const uploadCommitSchema = z
  .strictObject({
    sha256: z.string().regex(/^[0-9a-fA-F]{64}$/, 'Enter a valid value.'),
  })
  .meta({ id: 'UploadCommit' });

const entity = { parameter: 'upload_href', path: 'uploads/{upload}/' };
const tag = 'Uploads';

/** Files that are sent in pieces. @public */
export const uploadRoutes = {
  list: defineRoute({
    operationId: 'uploads_list',
    method: 'get',
    path: 'uploads/',
    tag,
    summary: 'List uploads that are not committed',
    query: listQuerySchema({ size: 'number' }),
    responses: { 200: pageSchema(uploadSchema, 'Upload') },
  }),
  create: defineRoute({
    operationId: 'uploads_create',
    method: 'post',
    path: 'uploads/',
    tag,
    summary: 'Begin an upload',
    body: uploadInputSchema,
    responses: { 201: uploadSchema },
  }),
  read: defineRoute({
    operationId: 'uploads_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read an upload with the pieces that have come',
    query: readQuerySchema,
    responses: { 200: uploadDetailSchema },
  }),
  update: defineRoute({
    operationId: 'uploads_update',
    method: 'put',
    entity,
    path: '',
    tag,
    summary: 'Send a piece',
    headers: z.object({ 'Content-Range': z.string() }),
    body: uploadChunkSchema,
    bodyTypes: ['multipart/form-data'],
    responses: { 200: uploadSchema },
  }),
  delete: defineRoute({
    operationId: 'uploads_delete',
    method: 'delete',
    entity,
    path: '',
    tag,
    summary: 'Give up an upload',
    responses: { 204: undefined },
  }),
  commit: defineRoute({
    operationId: 'uploads_commit',
    method: 'post',
    entity,
    path: 'commit/',
    tag,
    summary: 'Make a stored file of the pieces',
    body: uploadCommitSchema,
    responses: { 202: asyncOperationSchema },
  }),
};

import { z } from 'zod';
import { entityShape, pageSchema } from './base';
import { fileSchema } from './files';
import { listQuerySchema, readQuerySchema } from './filters';
import { reference } from './filterValues';
import { defineRoute } from './route';

/** The digests by which a file can be asked for and checked. @public */
export const FILE_DIGESTS = [
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
] as const;

const digest = z.string().nullable();
const digestsShape = {
  md5: digest,
  sha1: digest,
  sha224: z.string(),
  sha256: z.string(),
  sha384: z.string(),
  sha512: z.string(),
};

/** @public */
export const artifactSchema = z
  .object({
    ...entityShape,
    file: z.string(),
    size: z.int(),
    ...digestsShape,
  })
  .meta({ id: 'ArtifactResponse' });

/** A stored file as the API shows it. @public */
export type ArtifactView = z.infer<typeof artifactSchema>;

const expected = z.string().nullable().optional();

/** @public */
export const artifactInputSchema = z
  .strictObject({
    file: fileSchema,
    size: z.int().nullable().optional(),
    md5: expected,
    sha1: expected,
    sha224: expected,
    sha256: expected,
    sha384: expected,
    sha512: expected,
  })
  .meta({ id: 'Artifact' });

/** @public */
export type ArtifactInput = z.infer<typeof artifactInputSchema>;

const entity = { parameter: 'artifact_href', path: 'artifacts/{artifact}/' };
const tag = 'Artifacts';

/** Stored files. They belong to content, and go when nothing uses them any more. @public */
export const artifactRoutes = {
  list: defineRoute({
    operationId: 'artifacts_list',
    method: 'get',
    path: 'artifacts/',
    tag,
    summary: 'List stored files',
    query: listQuerySchema({
      md5: 'exact',
      sha1: 'exact',
      sha224: 'exact',
      sha256: 'exact',
      sha384: 'exact',
      sha512: 'exact',
      repository_version: reference('versionOrRepository'),
      orphaned_for: 'protectionTime',
    }),
    responses: { 200: pageSchema(artifactSchema, 'Artifact') },
  }),
  create: defineRoute({
    operationId: 'artifacts_create',
    method: 'post',
    path: 'artifacts/',
    tag,
    summary: 'Store a file',
    body: artifactInputSchema,
    bodyTypes: ['multipart/form-data'],
    responses: { 201: artifactSchema },
  }),
  read: defineRoute({
    operationId: 'artifacts_read',
    method: 'get',
    entity,
    path: '',
    tag,
    summary: 'Read about a stored file',
    query: readQuerySchema,
    responses: { 200: artifactSchema },
  }),
  delete: defineRoute({
    operationId: 'artifacts_delete',
    method: 'delete',
    entity,
    path: '',
    tag,
    summary: 'Refused: stored files are cleaned up when nothing uses them',
    responses: { 204: undefined },
  }),
};

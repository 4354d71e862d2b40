import { z } from 'zod';
import { asyncOperationSchema } from '../base';
import { defineRoute } from '../route';
import { contentDestinationShape, fileSourceShape } from './create';

/**
 * The file is JSON with keys named as in updateinfo.xml, or as advisories show them.
 *
 * @public
 */
export const advisoryUploadSchema = z
  .strictObject({ ...fileSourceShape, ...contentDestinationShape })
  .meta({ id: 'rpm.UpdateRecord' });

/** @public */
export const advisoryUploadRoutes = {
  create: defineRoute({
    operationId: 'content_rpm_advisories_create',
    method: 'post',
    path: 'content/rpm/advisories/',
    tag: 'Content: Advisories',
    summary: 'Upload an advisory',
    body: advisoryUploadSchema,
    bodyTypes: ['multipart/form-data', 'application/json'],
    responses: { 202: asyncOperationSchema },
  }),
};

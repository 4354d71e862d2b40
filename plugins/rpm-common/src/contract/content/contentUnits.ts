import { z } from 'zod';
import { pageSchema } from '../base';
import { defineRoute } from '../route';
import { contentQuerySchema, contentShape } from './unit';

/** @public */
export const contentUnitSchema = z
  .object(contentShape)
  .meta({ id: 'MultipleArtifactContentResponse' });

/** A unit of whatever type; its href says which. @public */
export type ContentUnit = z.infer<typeof contentUnitSchema>;

/** The collection of all content types. @public */
export const contentRoutes = {
  list: defineRoute({
    operationId: 'content_list',
    method: 'get',
    path: 'content/',
    tag: 'Content',
    summary: 'List content of all types',
    query: contentQuerySchema({ pulp_type: 'exactOrIn' }),
    responses: {
      200: pageSchema(contentUnitSchema, 'MultipleArtifactContent'),
    },
  }),
};

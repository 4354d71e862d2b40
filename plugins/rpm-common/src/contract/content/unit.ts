import { z } from 'zod';
import { entityShape, labelsSchema, pageSchema } from '../base';
import {
  listQuerySchema,
  readQuerySchema,
  type FilterFields,
} from '../filters';
import { reference } from '../filterValues';
import { defineLabelRoutes, type LabelRoutes } from '../labels';
import { defineRoute, type AnyRoute, type RouteDeclaration } from '../route';

/** What every content unit shows. @public */
export const contentShape = {
  ...entityShape,
  pulp_labels: labelsSchema,
  vuln_report: z.string().nullable(),
};

/** The stored file of a unit that has one; null throughout while it has only been announced. @public */
export const artifactShape = {
  artifact: z.string().nullable(),
  md5: z.string().nullable(),
  sha1: z.string().nullable(),
  sha224: z.string().nullable(),
  sha256: z.string().nullable(),
  sha384: z.string().nullable(),
  sha512: z.string().nullable(),
};

/** Texts by language code. @public */
export const translationsSchema = z
  .record(z.string(), z.string())
  .meta({ additionalProperties: { type: 'string' } });

/**
 * Filters of every content list. `repository_version` and those that begin with it name versions; a
 * repository stands for its latest version. `_added` and `_removed` compare with the version before.
 */
const CONTENT_FILTERS = {
  repository_version: reference('versionOrRepository'),
  repository_version_added: reference('versionOrRepository'),
  repository_version_removed: reference('versionOrRepository'),
  orphaned_for: 'protectionTime',
  pulp_label_select: 'labels',
} as const satisfies FilterFields;

/** The query schema of a content list with these filters besides the common ones. */
export function contentQuerySchema<const F extends FilterFields>(filters: F) {
  return listQuerySchema({ ...CONTENT_FILTERS, ...filters });
}

/**
 * Declares list and read of one content type and the labels of its units; all else about them is
 * immutable.
 */
export function defineContentRoutes<
  T extends z.ZodType,
  const F extends FilterFields,
>(options: {
  /** The collection's name below `content/rpm/`. */
  collection: string;
  /** The href parameter's name in the OpenAPI document. */
  parameter: string;
  tag: string;
  /** For the summary, such as `packages`. */
  units: string;
  schema: T;
  /** Name of the page's schema in the OpenAPI document. */
  id: string;
  filters: F;
  /** Of a read, when it can ask for more than fields. */
  readQuery?: z.ZodObject;
}) {
  const { collection, parameter, units, schema, id, filters } = options;
  const path = `content/rpm/${collection}/`;
  const tag = `Content: ${options.tag}`;
  const entity = { parameter, path: `${path}{unit}/` };
  return {
    list: defineRoute({
      operationId: `content_rpm_${collection}_list`,
      method: 'get',
      path,
      tag,
      summary: `List ${units}`,
      query: contentQuerySchema(filters),
      responses: { 200: pageSchema(schema, id) },
    }),
    read: defineRoute({
      operationId: `content_rpm_${collection}_read`,
      method: 'get',
      entity,
      path: '',
      tag,
      summary: `Read one of the ${units}`,
      query: options.readQuery ?? readQuerySchema,
      responses: { 200: schema },
    }),
    ...defineLabelRoutes({
      prefix: `content_rpm_${collection}`,
      entity,
      tag,
    }),
  };
}

/** List, read and labels of a content type whose units look like `T`. @public */
export interface ContentRoutes<T extends z.ZodType> extends LabelRoutes {
  list: AnyRoute;
  read: RouteDeclaration<any, any, { 200: T }>;
}

import {
  OpenAPIRegistry,
  OpenApiGeneratorV3,
} from '@asteasolutions/zod-to-openapi';
import type { AnyRoute } from '@rpmportal/backstage-plugin-rpm-common';
import { isDeepStrictEqual } from 'util';
import { z } from 'zod';
import { API_ROOT, APP_VERSIONS } from '../../identifiers';

const JSON_TYPE = 'application/json';

/**
 * Where an operation stands in the document. What belongs to an entity is written as its one href
 * parameter plus the rest, as clients of Pulp substitute whole hrefs.
 */
function documentPath(route: AnyRoute): string {
  return route.entity
    ? `{${route.entity.parameter}}${route.path}`
    : `${API_ROOT}${route.path}`;
}

function register(registry: OpenAPIRegistry, route: AnyRoute): void {
  const bodyTypes = route.bodyTypes ?? [JSON_TYPE];
  const replyType = route.responseType ?? JSON_TYPE;
  registry.registerPath({
    method: route.method,
    path: documentPath(route),
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    security: route.anonymous ? [{}] : [{ basicAuth: [] }, {}],
    request: {
      params: route.entity
        ? z.object({ [route.entity.parameter]: z.string() })
        : undefined,
      query: route.query,
      headers: route.headers,
      body: route.body && {
        required: true,
        content: Object.fromEntries(
          bodyTypes.map((type: string) => [type, { schema: route.body! }]),
        ),
      },
    },
    responses: Object.fromEntries(
      Object.entries(route.responses).map(([status, schema]) => [
        status,
        {
          description: '',
          ...(schema
            ? { content: { [replyType]: { schema: schema as z.ZodType } } }
            : {}),
        },
      ]),
    ),
  });
}

/**
 * Takes out of schemas, wherever they stand, what strict clients stumble over: nulls among the texts
 * of an enumeration, which `nullable` allows already, and schemas that only say `nullable`, which is
 * how values of any kind are written.
 */
function tidy(part: unknown): void {
  if (typeof part !== 'object' || part === null) return;
  const schema = part as { enum?: unknown; additionalProperties?: unknown };
  if (Array.isArray(schema.enum)) {
    schema.enum = schema.enum.filter(value => value !== null);
  }
  const { additionalProperties: others } = schema;
  if (isDeepStrictEqual(others, { nullable: true })) {
    schema.additionalProperties = true;
  }
  for (const inner of Object.values(part)) tidy(inner);
}

/**
 * The OpenAPI 3.0 document of the given routes.
 *
 * @remarks
 * The `pulp` command reads it before anything else; what it insists on (a `parameters` list on
 * every operation, operation ids, versions under `x-pulp-app-versions`) is listed with the tests.
 */
export function createOpenApiDocument(routes: readonly AnyRoute[]): unknown {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'basicAuth', {
    type: 'http',
    scheme: 'basic',
  });
  for (const route of routes) register(registry, route);
  const document = new OpenApiGeneratorV3(
    registry.definitions,
  ).generateDocument({
    openapi: '3.0.3',
    info: {
      title: 'RPM repositories for Backstage',
      version: 'v3',
      'x-pulp-app-versions': APP_VERSIONS,
      'x-pulp-domain-enabled': false,
    },
  });
  tidy(document);
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item ?? {})) {
      if (typeof operation === 'object' && 'responses' in operation) {
        operation.parameters ??= [];
      }
    }
  }
  return document;
}

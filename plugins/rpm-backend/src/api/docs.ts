import {
  defineRoute,
  type AnyRoute,
} from '@rpmportal/backstage-plugin-rpm-common';
import { implement, type ImplementedRoute } from './edge';
import { createOpenApiDocument } from './openapi/document';

const docsRoute = defineRoute({
  operationId: 'docs_api_read',
  method: 'get',
  path: 'docs/api.json',
  tag: 'Docs',
  summary: 'The OpenAPI document',
  responses: { 200: undefined },
  anonymous: true,
});

/** Serves the OpenAPI document of the given routes; made once, at the first request. */
export function docsApi(routes: readonly AnyRoute[]): ImplementedRoute {
  let document: unknown;
  return implement<AnyRoute>(docsRoute, async () => {
    document ??= createOpenApiDocument(routes);
    return { status: 200, body: document };
  });
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AnyRoute,
  RouteBody,
  RouteQuery,
  RouteReply,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Request } from 'express';
import type { ReceivedFile } from './body';

/** A validated request. */
export interface ApiRequest<R extends AnyRoute = AnyRoute> {
  /** The placeholders of the route's template, by name. */
  params: Record<string, string>;
  query: RouteQuery<R>;
  body: RouteBody<R>;
  /** The files of a multipart body by field; gone after the reply unless moved away. */
  files: ReadonlyMap<string, ReceivedFile>;
  credentials: BackstageCredentials;
  /** Correlation id that the client sent, if any. */
  correlationId: string | undefined;
  /** The request below, for audit, headers and addresses. */
  raw: Request;
}

/** A declared route with its handler: parse → one service call → serialize. */
export interface ImplementedRoute {
  route: AnyRoute;
  handle: (request: ApiRequest<any>) => Promise<{
    status: number;
    body: unknown;
  }>;
}

type Handler<R extends AnyRoute> = (
  request: ApiRequest<R>,
) => Promise<RouteReply<R>>;

/** Ties a handler to its declaration, whose types it then must satisfy. */
export function implement<R extends AnyRoute>(
  route: R,
  handle: NoInfer<Handler<R>>,
): ImplementedRoute {
  return { route, handle: handle as ImplementedRoute['handle'] };
}

import type { z } from 'zod';

/** HTTP methods that the API uses. @public */
export type RouteMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * A place that has hrefs: `path` is its template below `…/api/v3/`, `parameter` the name under which
 * Pulp's OpenAPI document knows the whole href. Clients such as `pulp` substitute that one
 * parameter (pulp-glue replaces a single path parameter per path).
 *
 * @public
 */
export interface EntityPath {
  parameter: string;
  path: string;
}

/** Schemas of the replies by status; `undefined` stands for an empty body. @public */
export type RouteResponses = Record<number, z.ZodType | undefined>;

/**
 * One operation of the API: the single declaration from which input validation, handler and client
 * types and the OpenAPI document are made.
 *
 * @public
 */
export interface RouteDeclaration<
  TQuery extends z.ZodObject = z.ZodObject,
  TBody extends z.ZodType = z.ZodType,
  TResponses extends RouteResponses = RouteResponses,
> {
  operationId: string;
  method: RouteMethod;
  /** Set when the operation belongs to something with an href; `path` then continues that href. */
  entity?: EntityPath;
  /** Below `…/api/v3/`, or below the entity's href. Ends in `/`. */
  path: string;
  tag: string;
  summary: string;
  query?: TQuery;
  /** Headers that clients must send, by the names that they look them up by; handlers read them raw. */
  headers?: z.ZodObject;
  body?: TBody;
  /** What a body may come as; JSON when absent. */
  bodyTypes?: readonly ('application/json' | 'multipart/form-data')[];
  /** What the body of a reply without error comes as; JSON when absent. */
  responseType?: string;
  responses: TResponses;
  /** Served without credentials. */
  anonymous?: boolean;
}

/** Any route, for code that treats all alike. @public */
export type AnyRoute = RouteDeclaration<any, any, any>;

/** Parsed query of a route. @public */
export type RouteQuery<R extends AnyRoute> = R extends RouteDeclaration<
  infer Q,
  any,
  any
>
  ? z.output<Q>
  : never;

/** What a value of a query can be without being written in a form of its own. */
type PlainValue = string | number | boolean | string[] | number[];

/**
 * Query as a client states it: plain values, or the text where a parameter has a language of its own.
 *
 * @public
 */
export type RouteQueryInput<R extends AnyRoute> = R extends RouteDeclaration<
  infer Q,
  any,
  any
>
  ? {
      [K in keyof z.output<Q>]?: z.output<Q>[K] extends PlainValue | undefined
        ? z.output<Q>[K]
        : K extends keyof z.input<Q>
        ? z.input<Q>[K]
        : never;
    }
  : never;

/** Parsed body of a route. @public */
export type RouteBody<R extends AnyRoute> = R extends RouteDeclaration<
  any,
  infer B,
  any
>
  ? z.output<B>
  : never;

/** Body as a client sends it. @public */
export type RouteBodyInput<R extends AnyRoute> = R extends RouteDeclaration<
  any,
  infer B,
  any
>
  ? z.input<B>
  : never;

type ReplyBody<T> = T extends z.ZodType ? z.input<T> : undefined;

/** One of the declared statuses with its body. @public */
export type ReplyOf<T extends RouteResponses> = {
  [S in keyof T & number]: { status: S; body: ReplyBody<T[S]> };
}[keyof T & number];

/** What a handler may answer, and a client get. @public */
export type RouteReply<R extends AnyRoute> = R extends RouteDeclaration<
  any,
  any,
  infer T
>
  ? ReplyOf<T>
  : never;

/** Keeps the precise types of a declaration. @public */
export function defineRoute<
  TQuery extends z.ZodObject = z.ZodObject<{}>,
  TBody extends z.ZodType = z.ZodUndefined,
  const TResponses extends RouteResponses = RouteResponses,
>(
  declaration: RouteDeclaration<TQuery, TBody, TResponses>,
): RouteDeclaration<TQuery, TBody, TResponses> {
  return declaration;
}

/** The route's path template below `…/api/v3/`, with the entity's part in front. @public */
export function routeTemplate(route: AnyRoute): string {
  return `${route.entity?.path ?? ''}${route.path}`;
}

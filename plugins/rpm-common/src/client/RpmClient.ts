import type { Page } from '../contract/base';
import type {
  AnyRoute,
  RouteBodyInput,
  RouteQueryInput,
  RouteReply,
} from '../contract/route';
import { encodeBody } from './requestBody';
import { RpmApiError } from './RpmApiError';

/** Finds the plugin's backend; the portal's `discoveryApi` and `coreServices.discovery` do. @public */
export interface RpmDiscovery {
  getBaseUrl(pluginId: string): Promise<string>;
}

/** Sends requests with the caller's credentials; the portal's `fetchApi` does. @public */
export interface RpmFetch {
  fetch: typeof fetch;
}

/**
 * What a call needs besides its route: the `href` of what it is about, when the route belongs to
 * something that has one; the query, in plain values; the body, files in it as blobs.
 *
 * @public
 */
export type RouteCall<R extends AnyRoute> = {
  href?: string;
  query?: RouteQueryInput<R>;
  /** Those that the route declares. */
  headers?: Record<string, string>;
  signal?: AbortSignal;
} & (undefined extends RouteBodyInput<R>
  ? { body?: undefined }
  : { body: RouteBodyInput<R> });

/** What a list route lists. @public */
export type RouteItem<R extends AnyRoute> = RouteReply<R> extends {
  body: { results: (infer T)[] };
}
  ? T
  : never;

const ROOT = '/pulp/api/v3/';
const PAGE_SIZE = 100;

/**
 * Calls the API by the declarations of its routes. One generic method stands for all operations:
 * what it may be given and what it answers follows from the route.
 *
 * @remarks
 * Of a declaration only method and path are used at run time. Input is not validated here and replies
 * are not parsed: the server does the former, and the latter has the declared form.
 *
 * @public
 */
export class RpmClient {
  readonly #discovery: RpmDiscovery;
  readonly #fetch: RpmFetch;

  constructor(options: { discoveryApi: RpmDiscovery; fetchApi: RpmFetch }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = options.fetchApi;
  }

  /**
   * Performs one operation.
   *
   * @returns the reply, told apart by its status
   * @throws {@link RpmApiError} when the API refuses
   */
  async call<R extends AnyRoute>(
    route: R,
    options: RouteCall<R>,
  ): Promise<RouteReply<R>> {
    const { query, body, signal } = options;
    const baseUrl = await this.#discovery.getBaseUrl('rpm');
    const url = new URL(`${baseUrl}${ROOT}${pathOf(route, options.href)}`);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const encoded = encodeBody(body);
    const response = await this.#fetch.fetch(url.toString(), {
      method: route.method.toUpperCase(),
      signal,
      body: encoded.body,
      headers: { ...encoded.headers, ...options.headers },
    });
    if (!response.ok) throw await RpmApiError.fromResponse(response);
    const text = await response.text();
    return {
      status: response.status,
      body: text ? JSON.parse(text) : undefined,
    } as RouteReply<R>;
  }

  /**
   * Goes through a list page by page, for as long as the caller takes items.
   *
   * @param route - a route that answers pages
   * @param options - `limit` of the query is the size of a page, 100 when absent
   */
  async *items<R extends AnyRoute>(
    route: R,
    options: RouteCall<R>,
  ): AsyncGenerator<RouteItem<R>> {
    let offset = 0;
    for (;;) {
      const { body } = await this.call(route, {
        ...options,
        query: { limit: PAGE_SIZE, ...options.query, offset },
      });
      const page = body as Page<RouteItem<R>>;
      yield* page.results;
      offset += page.results.length;
      if (!page.next || !page.results.length) return;
    }
  }
}

/** Below the API root: hrefs begin with the path of the server, which a proxy may have moved. */
function pathOf(route: AnyRoute, href: string | undefined): string {
  if (!route.entity) return route.path;
  const start = href?.indexOf(ROOT) ?? -1;
  if (href === undefined || start < 0) {
    throw new Error(`${route.operationId} needs an href, not '${href}'`);
  }
  return `${href.slice(start + ROOT.length)}${route.path}`;
}

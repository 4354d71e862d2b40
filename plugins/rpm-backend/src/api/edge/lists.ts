import type { ListQuery, Page } from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../../database/pages';
import type { ApiRequest } from './implement';

/** Makes absolute URLs of the page before and after; told the origin that clients see. */
export class PageLinks {
  readonly #origin: string;

  constructor(options: { baseUrl: string }) {
    this.#origin = new URL(options.baseUrl).origin;
  }

  /** A page in wire format, with links that repeat the request's query. */
  page<T, U>(
    request: ApiRequest,
    { count, rows }: RowPage<T>,
    serialize: (row: T) => U,
  ): Page<U> {
    const { limit, offset } = request.query as ListQuery;
    const link = (newOffset: number) => {
      const url = new URL(request.raw.originalUrl, this.#origin);
      url.searchParams.set('limit', String(limit));
      url.searchParams.set('offset', String(newOffset));
      return url.toString();
    };
    return {
      count,
      next: offset + limit < count ? link(offset + limit) : null,
      previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
      results: rows.map(serialize),
    };
  }
}

function trimOne(
  item: Record<string, unknown>,
  fields: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).filter(
      ([name]) =>
        (!fields || fields.includes(name)) && !excluded?.includes(name),
    ),
  );
}

/** Applies `fields` and `exclude_fields` to an entity, or to each of a page. */
export function trimFields(
  body: any,
  query: { fields?: string[]; exclude_fields?: string[] } | undefined,
): unknown {
  const { fields, exclude_fields: excluded } = query ?? {};
  if (!body || (!fields && !excluded)) return body;
  return Array.isArray(body.results)
    ? {
        ...body,
        results: body.results.map((item: Record<string, unknown>) =>
          trimOne(item, fields, excluded),
        ),
      }
    : trimOne(body, fields, excluded);
}

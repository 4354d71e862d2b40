import type { ListQuery, Page } from '@rpmportal/backstage-plugin-rpm-common';
import type { z } from 'zod';
import { chunksOf } from '../../database/chunks';
import type { RowPage } from '../../database/pages';
import { pause } from '../../database/pause';
import type { ApiRequest } from './implement';
import { ITEMS_AT_A_TIME } from './reply';

/** Makes absolute URLs of the page before and after; told the origin that clients see. */
export class PageLinks {
  readonly #origin: string;

  constructor(options: { baseUrl: string }) {
    this.#origin = new URL(options.baseUrl).origin;
  }

  /** A page in wire format, with links that repeat the request's query. */
  async page<T, U>(
    request: ApiRequest,
    { count, rows }: RowPage<T>,
    serialize: (row: T) => U,
  ): Promise<Page<U>> {
    const { limit, offset } = request.query as ListQuery;
    const link = (newOffset: number) => {
      const url = new URL(request.raw.originalUrl, this.#origin);
      url.searchParams.set('limit', String(limit));
      url.searchParams.set('offset', String(newOffset));
      return url.toString();
    };
    const results: U[] = [];
    for (const chunk of chunksOf(rows, ITEMS_AT_A_TIME)) {
      for (const row of chunk) results.push(serialize(row));
      await pause();
    }
    return {
      count,
      next: offset + limit < count ? link(offset + limit) : null,
      previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
      results,
    };
  }
}

/** `minimal=true` stands for a list of fields. */
export function withMinimalFields<
  T extends { fields?: string[]; minimal?: unknown },
>(query: T, minimalFields: readonly string[]): T {
  if (!query.minimal) return query;
  const { fields } = query;
  return {
    ...query,
    fields: minimalFields.filter(field => !fields || fields.includes(field)),
  };
}

/** What of an entity a query asks for by `fields` and `exclude_fields`. */
export function trimFields(
  item: any,
  query: { fields?: string[]; exclude_fields?: string[] } | undefined,
): any {
  const { fields, exclude_fields: excluded } = query ?? {};
  if (!item || (!fields && !excluded)) return item;
  return Object.fromEntries(
    Object.entries(item).filter(
      ([name]) =>
        (!fields || fields.includes(name)) && !excluded?.includes(name),
    ),
  );
}

/** Of an entity what a narrower schema than its own has. */
export function shownBy<T extends z.ZodObject>(
  schema: T,
  item: z.input<T>,
): z.input<T> {
  return trimFields(item, { fields: Object.keys(schema.shape) });
}

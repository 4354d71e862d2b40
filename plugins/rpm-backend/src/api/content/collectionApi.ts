import type {
  AnyRoute,
  ContentRoutes,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { z } from 'zod';
import type { ContentUnitService, UnitRecords } from '../../content-units';
import type { ContentType } from '../../identifiers';
import {
  implement,
  trimFields,
  withMinimalFields,
  type ImplementedRoute,
  type PageLinks,
} from '../edge';

export interface ContentApiOptions {
  units: ContentUnitService;
  links: PageLinks;
}

/**
 * List and read of one content type.
 *
 * @param minimalFields - what `minimal=true` leaves
 */
export function collectionApi<T extends ContentType, S extends z.ZodType>(
  type: T,
  routes: ContentRoutes<S>,
  serialize: (unit: UnitRecords[T]) => z.input<S>,
  { units, links }: ContentApiOptions,
  minimalFields: readonly string[] = [],
): ImplementedRoute[] {
  return [
    implement<AnyRoute>(routes.list, async request => {
      const query = withMinimalFields(request.query, minimalFields);
      const page = await units.list(type, query, request);
      const body = await links.page(request, page, unit =>
        trimFields(serialize(unit), query),
      );
      return { status: 200, body };
    }),
    implement<AnyRoute>(routes.read, async request => {
      const unit = await units.get(
        type,
        request.params.unit,
        request.query,
        request,
      );
      return { status: 200, body: serialize(unit) };
    }),
  ];
}

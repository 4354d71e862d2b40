import type {
  AnyRoute,
  ContentRoutes,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { z } from 'zod';
import type { ContentUnitService, UnitRecords } from '../../content-units';
import type { ContentType } from '../../identifiers';
import type { LabelService } from '../../labels';
import {
  implement,
  trimFields,
  withMinimalFields,
  type ImplementedRoute,
  type PageLinks,
} from '../edge';
import { labelApi } from '../labels';

export interface ContentApiOptions {
  units: ContentUnitService;
  labels: LabelService;
  links: PageLinks;
}

/**
 * List and read of one content type, and its units' labels.
 *
 * @param minimalFields - what `minimal=true` leaves
 */
export function collectionApi<T extends ContentType, S extends z.ZodType>(
  type: T,
  routes: ContentRoutes<S>,
  serialize: (unit: UnitRecords[T]) => z.input<S>,
  { units, labels, links }: ContentApiOptions,
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
    ...labelApi(type, routes, { labels }),
  ];
}

import { useTable, type TableItem } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { rpmApiRef, type PackageSummary } from '../api';
import { usePageOptions } from './usePageOptions';

/** A package as a row of a table. */
export interface PackageRow extends TableItem {
  /** Its href. */
  id: string;
  unit: PackageSummary;
}

/**
 * Pages through the packages of a version.
 *
 * @param version - its href
 */
export function usePackages(version: string) {
  const api = useApi(rpmApiRef);
  return useTable<PackageRow>({
    mode: 'offset',
    paginationOptions: usePageOptions('packages'),
    async getData({ offset, pageSize, search, signal }) {
      const { results, count } = await api.listPackages(version, {
        name: search.trim() || undefined,
        limit: pageSize,
        offset,
        signal,
      });
      return {
        totalCount: count,
        data: results.map(unit => ({ id: unit.pulp_href, unit })),
      };
    },
  });
}

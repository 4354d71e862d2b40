import { useTable, type TableItem } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import type { ModulemdDefaults } from '@rpmportal/backstage-plugin-rpm-common';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { rpmApiRef, type ModuleSummary } from '../api';
import { usePageOptions } from './usePageOptions';

/** A module as a row of a table. */
export interface ModuleRow extends TableItem {
  /** Its href. */
  id: string;
  unit: ModuleSummary;
  /** Its stream is what clients get that choose none. */
  isDefault: boolean;
}

/**
 * Pages through the modules of a version.
 *
 * @param version - its href
 */
export function useModules(version: string) {
  const api = useApi(rpmApiRef);
  return useTable<ModuleRow>({
    mode: 'offset',
    paginationOptions: usePageOptions('modules'),
    async getData({ offset, pageSize, search, signal }) {
      const { results, count } = await api.listModules(version, {
        name: search.trim() || undefined,
        limit: pageSize,
        offset,
        signal,
      });
      const names = [...new Set(results.map(({ name }) => name))];
      const defaults = names.length
        ? await api.listModuleDefaults(version, names, signal)
        : [];
      return {
        totalCount: count,
        data: results.map(unit => ({
          id: unit.pulp_href,
          unit,
          isDefault: isDefault(unit, defaults),
        })),
      };
    },
  });
}

/**
 * Reads a module with its artifacts in a version.
 *
 * @param version - its href
 * @param id - UUID of the module
 * @returns in `value`, null for a module that the version does not hold
 */
export function useModule(version: string, id: string) {
  const api = useApi(rpmApiRef);
  return useAsyncRetry(async () => {
    const module = await api.findModule(version, id);
    if (!module) return null;
    const defaults = await api.listModuleDefaults(version, [module.name]);
    return { module, isDefault: isDefault(module, defaults) };
  }, [api, version, id]);
}

function isDefault(
  unit: Pick<ModuleSummary, 'name' | 'stream'>,
  defaults: readonly ModulemdDefaults[],
): boolean {
  return defaults.some(
    ({ module, stream }) => module === unit.name && stream === unit.stream,
  );
}

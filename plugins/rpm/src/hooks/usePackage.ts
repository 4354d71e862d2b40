import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { rpmApiRef, type PageRequest } from '../api';
import { useGrowingPages } from './useGrowingPages';

/**
 * Reads a package of a version.
 *
 * @param version - its href
 * @param id - UUID of the package
 * @returns in `value`, null for a package that the version does not hold
 */
export function usePackage(version: string, id: string) {
  const api = useApi(rpmApiRef);
  return useAsyncRetry(
    async () => (await api.findPackage(version, id)) ?? null,
    [api, version, id],
  );
}

/** Reads which modules of a version have a package as their artifact; both by their hrefs. */
export function useModulesOfPackage(version: string, href: string) {
  const api = useApi(rpmApiRef);
  const read = useCallback(
    (page: PageRequest) => api.listModulesOfPackage(version, href, page),
    [api, version, href],
  );
  return useGrowingPages(read);
}

import { useCallback, useState } from 'react';
import type { Page } from '@rpmportal/backstage-plugin-rpm-common';
import type { PageRequest } from '../api';
import { useGrowingList, type GrowingList } from './useGrowingList';

const PORTION = 20;

/**
 * Reads a list of the backend in portions, and how long it is.
 *
 * @param read - must stay the same function for as long as it is the same list
 */
export function useGrowingPages<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
): GrowingList<T> & { count: number } {
  const [count, setCount] = useState(0);
  const open = useCallback(
    async function* entries(): AsyncGenerator<T> {
      let offset = 0;
      let page: Page<T>;
      do {
        page = await read({ offset, limit: PORTION });
        setCount(page.count);
        offset += page.results.length;
        yield* page.results;
      } while (page.next && page.results.length);
    },
    [read],
  );
  const list = useGrowingList(open, PORTION);
  return { ...list, count };
}

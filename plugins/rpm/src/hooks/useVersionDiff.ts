import { useCallback, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  DiffEntry,
  VersionDiff,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmApiRef } from '../api';
import { useGrowingList } from './useGrowingList';

const PORTION = 50;

/** Compares two versions, named by their hrefs, and reads the differences in portions. */
export function useVersionDiff(from: string, to: string) {
  const api = useApi(rpmApiRef);
  const [summary, setSummary] = useState<VersionDiff>();

  const open = useCallback(
    async function* entries(): AsyncGenerator<DiffEntry> {
      let offset = 0;
      let page: VersionDiff;
      do {
        page = await api.compareVersions(
          { from, to },
          { offset, limit: PORTION },
        );
        setSummary(page);
        offset += page.results.length;
        yield* page.results;
      } while (page.next && page.results.length);
    },
    [api, from, to],
  );

  const { items, ...list } = useGrowingList(open, PORTION);
  return {
    ...list,
    entries: items,
    /** Of the whole difference, by kind. */
    counts: summary?.counts,
    notShown: summary ? summary.count - items.length : 0,
  };
}

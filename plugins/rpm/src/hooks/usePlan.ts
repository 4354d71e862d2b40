import { useCallback, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  MissingRequirement,
  Page,
  PlanCause,
  PlanChange,
  PlanUnit,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmApiRef, type PageRequest } from '../api';
import { useGrowingList } from './useGrowingList';

const PORTION = 20;

/** Reads what a plan does with units: those of one change, and of one cause when it is given. */
export function usePlanUnits(
  plan: string,
  change: PlanChange,
  cause?: PlanCause,
) {
  const api = useApi(rpmApiRef);
  const read = useCallback(
    (page: PageRequest): Promise<Page<PlanUnit>> =>
      api.listPlanUnits(plan, { ...page, change, cause: cause && [cause] }),
    [api, plan, change, cause],
  );
  return useGrowingPages(read);
}

/** Reads which requirements a plan leaves without anything that meets them. */
export function usePlanMissing(plan: string) {
  const api = useApi(rpmApiRef);
  const read = useCallback(
    (page: PageRequest): Promise<Page<MissingRequirement>> =>
      api.listPlanMissing(plan, page),
    [api, plan],
  );
  return useGrowingPages(read);
}

/**
 * Reads a list of the backend in portions, and how long it is.
 *
 * @param read - must stay the same function for as long as it is the same list
 */
function useGrowingPages<T>(read: (page: PageRequest) => Promise<Page<T>>) {
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

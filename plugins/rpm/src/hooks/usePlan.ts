import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  MissingRequirement,
  Page,
  PlanCause,
  PlanChange,
  PlanUnit,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmApiRef, type PageRequest } from '../api';
import { useGrowingPages } from './useGrowingPages';

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

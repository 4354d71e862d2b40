import { useCallback } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import { rpmApiRef } from '../api';
import { annotatedNames, repositoriesOf } from './repositoriesOf';
import { useGrowingList, type GrowingList } from './useGrowingList';

const PORTION = 25;

/** The repositories of an entity's page. */
export interface Repositories extends GrowingList<Repository> {
  /** Names in the annotation for which there is nothing to show. */
  missing: string[];
}

/** Lists the repositories that an entity's page shows. */
export function useRepositories(entity: Entity): Repositories {
  const api = useApi(rpmApiRef);
  const open = useCallback(() => repositoriesOf(api, entity), [api, entity]);
  const list = useGrowingList(open, PORTION);

  // The annotated ones come first, so as many items as names tell whether all were found.
  const names = annotatedNames(entity);
  const known =
    !list.loading &&
    !list.error &&
    (!list.more || list.items.length >= names.length);
  const found = new Set(list.items.map(({ name }) => name));
  return {
    ...list,
    missing: known ? names.filter(name => !found.has(name)) : [],
  };
}

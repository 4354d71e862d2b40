import { useApi } from '@backstage/core-plugin-api';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  catalogApiRef,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import useAsync from 'react-use/esm/useAsync';

/** Who a repository belongs to. */
export interface Owner {
  loading: boolean;
  /** Ref of a group or user; undefined when it has none. */
  ref?: string;
}

/** Finds a repository's owner: the one set on it, or else the owner of its catalog entity. */
export function useOwner(repository: Repository): Owner {
  const catalog = useApi(catalogApiRef);
  const { owner, entity } = repository;
  const { loading, value } = useAsync(async () => {
    if (owner || !entity) return undefined;
    const found = await catalog.getEntityByRef(entity);
    const [ownedBy] = getEntityRelations(found, RELATION_OWNED_BY);
    return ownedBy && stringifyEntityRef(ownedBy);
  }, [catalog, owner, entity]);
  return owner ? { loading: false, ref: owner } : { loading, ref: value };
}

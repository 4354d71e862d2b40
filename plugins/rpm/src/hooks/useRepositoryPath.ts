import { useLocation } from 'react-router-dom';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import type { CopyDestination } from './copyChoice';

/**
 * Finds the page of a repository: this tab when it belongs to the same entity, the same tab of the
 * entity that it belongs to or of its owner otherwise.
 *
 * @returns what makes a path of a repository, undefined for one that no entity's page shows
 */
export function useRepositoryPath(): (
  repository: CopyDestination,
) => string | undefined {
  const { entity } = useEntity();
  const linkToEntity = useEntityRefLink();
  const { pathname } = useLocation();
  return repository => {
    const query = `?${new URLSearchParams({ repository: repository.name })}`;
    const home = repository.entity ?? repository.owner;
    if (!home) return undefined;
    if (home === stringifyEntityRef(entity)) return query;
    const tab = pathname.slice(pathname.lastIndexOf('/'));
    return `${linkToEntity(home)}${tab}${query}`;
  };
}

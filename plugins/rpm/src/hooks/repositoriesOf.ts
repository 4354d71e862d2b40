import {
  RELATION_OWNER_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  ANNOTATION_RPM_REPOSITORY,
  type Repository,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RpmApi } from '../api';

/** Entities are asked for in portions, which keeps addresses short. */
const ENTITIES_PER_REQUEST = 50;

/** Whether repositories are owned by an entity rather than belong to it. */
export function isOwner(entity: Entity): boolean {
  return ['group', 'user'].includes(entity.kind.toLocaleLowerCase('en-US'));
}

/** The repositories that the entity's annotation names. */
export function annotatedNames(entity: Entity): string[] {
  const annotation = entity.metadata.annotations?.[ANNOTATION_RPM_REPOSITORY];
  const names = annotation?.split(',').map(name => name.trim()) ?? [];
  return [...new Set(names.filter(Boolean))];
}

/**
 * The repositories that an entity's page shows, each once: those that its annotation names, then
 * those that belong to it; for a group or user, those that it owns, also by owning the entities that
 * they belong to.
 */
export async function* repositoriesOf(
  api: RpmApi,
  entity: Entity,
): AsyncGenerator<Repository> {
  const seen = new Set<string>();
  for await (const repository of repositoriesBySource(api, entity)) {
    if (!seen.has(repository.pulp_href)) {
      seen.add(repository.pulp_href);
      yield repository;
    }
  }
}

async function* repositoriesBySource(
  api: RpmApi,
  entity: Entity,
): AsyncGenerator<Repository> {
  const names = annotatedNames(entity);
  if (names.length) {
    yield* api.repositories({ name__in: names });
  }
  const ref = stringifyEntityRef(entity);
  if (!isOwner(entity)) {
    yield* api.repositories({ entity__in: [ref] });
    return;
  }
  yield* api.repositories({ owner: ref });
  const owned = (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNER_OF)
    .map(({ targetRef }) => targetRef);
  for (let start = 0; start < owned.length; start += ENTITIES_PER_REQUEST) {
    const repositories = api.repositories({
      entity__in: owned.slice(start, start + ENTITIES_PER_REQUEST),
    });
    for await (const repository of repositories) {
      // One with an owner of its own is listed with that owner.
      if (!repository.owner) yield repository;
    }
  }
}

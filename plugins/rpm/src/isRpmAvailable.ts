import type { Entity } from '@backstage/catalog-model';

/** Kinds of entities that repositories can belong to, or be owned by. */
export const RPM_ENTITY_KINDS = [
  'component',
  'resource',
  'system',
  'group',
  'user',
];

/**
 * Whether an entity's page can have the tab with RPM repositories, for apps that lay out their entity
 * pages themselves.
 *
 * @public
 */
export function isRpmAvailable(entity: Entity): boolean {
  return RPM_ENTITY_KINDS.includes(entity.kind.toLocaleLowerCase('en-US'));
}

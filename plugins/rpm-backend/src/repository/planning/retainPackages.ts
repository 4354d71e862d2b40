import {
  listPackageFacts,
  readPackageFacts,
} from '../../database/operations/versions';
import {
  findCrowded,
  retainPackageVersions,
} from '../rules/retainPackageVersions';
import type { Planning } from './Planning';
import { listPresentMappings } from './presentMappings';

/**
 * Keeps the newest versions of each package, by name and arch.
 *
 * @remarks
 * Reads four columns of every package of the version; only of those that are too many it is looked
 * up whether a module names them.
 */
export async function retainPackages(
  planning: Planning,
  keep: number,
): Promise<void> {
  const { knex, start, draft, incoming } = planning;
  const held = start ? await listPackageFacts(knex, start) : [];
  const added = await readPackageFacts(
    knex,
    incoming.map(({ id }) => id).filter(id => draft.added.has(id)),
  );
  const crowded = findCrowded(
    [...held.filter(({ id }) => !draft.removed.has(id)), ...added],
    keep,
  );
  const modular = await listPresentMappings(
    planning,
    crowded.map(({ id }) => id),
  );
  const old = retainPackageVersions(
    crowded,
    new Set(modular.map(({ packageId }) => packageId)),
    keep,
  );
  for (const { id } of old) draft.remove(id, { kind: 'retention' });
}

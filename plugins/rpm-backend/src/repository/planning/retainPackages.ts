import {
  listPackageFacts,
  listPackageFactsByName,
  readPackageFacts,
  type PackageFacts,
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
 * @param isRetained - the starting content satisfies the rule. Then only packages can have become
 *   too many that were asked for: units leave, modules that come make packages modular, which count
 *   less, and modules that leave take their packages along unless those were asked for.
 */
export async function retainPackages(
  planning: Planning,
  keep: number,
  isRetained: boolean,
): Promise<void> {
  const { draft } = planning;
  const crowded = findCrowded(await listCandidates(planning, isRetained), keep);
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

/** The packages of the draft that may be too many. */
async function listCandidates(
  { knex, start, draft, incoming, requested }: Planning,
  isRetained: boolean,
): Promise<PackageFacts[]> {
  const asked = await readPackageFacts(knex, [...requested]);
  const names = [...new Set(asked.map(({ name }) => name))];
  const added = new Set(incoming.map(({ id }) => id));
  const coming = asked.filter(({ id }) => added.has(id));
  if (!start) return coming;
  const held = isRetained
    ? await listPackageFactsByName(knex, start, names)
    : await listPackageFacts(knex, start);
  return [...held.filter(({ id }) => !draft.removed.has(id)), ...coming];
}

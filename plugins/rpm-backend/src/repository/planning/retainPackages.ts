import {
  listPackageFacts,
  listPackageFactsByName,
  readPackageFacts,
  type RetentionFacts,
} from '../../database/operations/versions';
import {
  findCrowded,
  retainPackageVersions,
} from '../rules/retainPackageVersions';
import type { KeptUnit } from '../versionTypes';
import type { Planning } from './Planning';
import { listPresentMappings } from './presentMappings';

/**
 * Keeps the newest versions of each package, by name and arch. Modular is what a module of the
 * version names, and what says so itself: it may have come without its module.
 *
 * @param isRetained - the starting content satisfies the rule. Then only packages can have become
 *   too many that were asked for: units leave, modules that come make packages modular, which count
 *   less, and modules that leave take their packages along unless those were asked for.
 * @returns which of the packages that may have been too many stay, and why
 */
export async function retainPackages(
  planning: Planning,
  keep: number,
  isRetained: boolean,
): Promise<KeptUnit[]> {
  const { draft } = planning;
  const crowded = findCrowded(await listCandidates(planning, isRetained), keep);
  const modular = await listPresentMappings(
    planning,
    crowded.map(({ id }) => id),
  );
  const labelled = crowded.filter(unit => unit.hasModularityLabel);
  const { surplus, kept } = retainPackageVersions(
    crowded,
    new Set([
      ...labelled.map(({ id }) => id),
      ...modular.map(({ packageId }) => packageId),
    ]),
    keep,
  );
  for (const { unit, newest } of surplus) {
    draft.remove(unit.id, { kind: 'retention', newestUnitId: newest.id });
  }
  return kept;
}

/** The packages of the draft that may be too many. */
async function listCandidates(
  { knex, start, draft, incoming, requested }: Planning,
  isRetained: boolean,
): Promise<RetentionFacts[]> {
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

import type { Knex } from 'knex';
import type { VersionContent } from '../../database/membership';
import {
  listMappingModules,
  listPackageFacts,
  listPresent,
  readMembershipTimes,
} from '../../database/operations/versions';
import { findCrowded } from '../rules/retainPackageVersions';
import type { PrunablePackage } from './planPrune';

/** Those packages of a version of which it holds several, by name and arch. */
export async function readPrunable(
  knex: Knex,
  content: VersionContent,
): Promise<PrunablePackage[]> {
  const crowded = findCrowded(await listPackageFacts(knex, content), 1);
  const ids = crowded.map(({ id }) => id);
  const mappings = await listMappingModules(knex, ids);
  const present = await listPresent(knex, content, [
    ...new Set(mappings.map(({ modulemdId }) => modulemdId)),
  ]);
  const mapped = new Set(
    mappings
      .filter(({ modulemdId }) => present.has(modulemdId))
      .map(({ packageId }) => packageId),
  );
  const times = await readMembershipTimes(knex, content, ids);
  return crowded.map(facts => ({
    ...facts,
    isModular: facts.hasModularityLabel || mapped.has(facts.id),
    addedAt: times.get(facts.id)!,
  }));
}

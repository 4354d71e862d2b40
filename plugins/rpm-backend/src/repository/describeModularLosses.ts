import type { Knex } from 'knex';
import {
  readUnitLabels,
  type ModuleMapping,
} from '../database/operations/versions';

/** As many as a sentence can bear. */
const NAMED = 5;

/** Names packages and the modules that name them: the first few, and how many more there are. */
export async function describeModularLosses(
  knex: Knex,
  losses: readonly ModuleMapping[],
): Promise<string> {
  const named = losses.slice(0, NAMED);
  const ids = named.flatMap(({ packageId, modulemdId }) => [
    packageId,
    modulemdId,
  ]);
  const labels = new Map(
    (await readUnitLabels(knex, [...new Set(ids)])).map(({ id, label }) => [
      id,
      label,
    ]),
  );
  const names = named.map(
    ({ packageId, modulemdId }) =>
      `${labels.get(packageId)} of ${labels.get(modulemdId)}`,
  );
  const more = losses.length - NAMED;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

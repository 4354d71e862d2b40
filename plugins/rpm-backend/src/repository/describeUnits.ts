import type { Knex } from 'knex';
import { readUnitLabels } from '../database/operations/versions';

/** As many as a sentence can bear. */
const NAMED = 10;

/** Names units in a sentence: the first few, and how many more there are. */
export async function describeUnits(
  knex: Knex,
  ids: readonly number[],
): Promise<string> {
  const labels = await readUnitLabels(knex, ids.slice(0, NAMED));
  const names = labels.map(({ label }) => label).join(', ');
  const more = ids.length - NAMED;
  return more > 0 ? `${names} and ${more} more` : names;
}

import type { Knex } from 'knex';
import { readUnitLabels } from '../database/operations/versions';
import { hrefOf } from '../identifiers';

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

/** Names groups of units that are called the same, which only their hrefs tell apart. */
export async function describeRivals(
  knex: Knex,
  groups: readonly (readonly number[])[],
): Promise<string> {
  const named = groups
    .slice(0, NAMED)
    .map(ids => [...ids].sort((a, b) => a - b).slice(0, NAMED));
  const labels = new Map(
    (await readUnitLabels(knex, named.flat())).map(unit => [unit.id, unit]),
  );
  const names = named.map(ids => {
    const units = ids.flatMap(id => labels.get(id) ?? []);
    const hrefs = units.map(({ type, uuid }) => hrefOf(type, uuid));
    return `${units[0]?.label} (${hrefs.join(', ')})`;
  });
  const more = groups.length - NAMED;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

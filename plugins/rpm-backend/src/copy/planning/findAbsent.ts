import type { Knex } from 'knex';
import {
  findHeldUnits,
  findStoredUnitsByKey,
} from '../../database/operations/copy';
import type { AbsentChild } from '../selection/Selection';
import type { CopyFacts } from './planDestinations';
import type { PlannedDestination } from './planVersions';
import type { CopyPair } from './prepareCopy';

/** What an advisory lists and its destination lacks all the same. */
export interface AbsentUnit extends AbsentChild {
  /** Position of the entry that brings the advisory. */
  entry: number;
}

/** What advisories of a copy list that neither comes along with it nor is at the destination. */
export async function findAbsent(
  knex: Knex,
  pairs: readonly CopyPair[],
  { selections }: Pick<CopyFacts, 'selections'>,
  planned: readonly PlannedDestination[],
): Promise<AbsentUnit[]> {
  const absent: AbsentUnit[] = [];
  for (const { destination } of planned) {
    const coming = new Set(destination.units.map(({ id }) => id));
    const { start } = pairs[destination.entries[0]];
    for (const type of ['rpm.package', 'rpm.modulemd'] as const) {
      const children = destination.entries.flatMap(entry =>
        selections[entry].absent
          .filter(child => child.type === type)
          .map(child => ({ ...child, entry })),
      );
      const keys = [...new Set(children.map(({ key }) => key))];
      const stored = await findStoredUnitsByKey(knex, type, keys);
      const held = await findHeldUnits(
        knex,
        start,
        stored.map(({ id }) => id),
      );
      const there = new Set(
        stored.flatMap(({ id, key }) =>
          coming.has(id) || held.has(id) ? key : [],
        ),
      );
      absent.push(...children.filter(({ key }) => !there.has(key)));
    }
  }
  return absent;
}

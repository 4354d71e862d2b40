import type { UnitFacts } from '../../database/operations/versions';
import type { ContentType } from '../../identifiers';

/** Types with rules of their own: of advisories the old one may be kept, or both be merged. */
const OWN_RULES = new Set<ContentType>([
  'rpm.advisory',
  'rpm.distribution_tree',
]);

/** The place that only one unit of a version can take; undefined for units without such a rule. */
function placeOf(unit: UnitFacts): string | undefined {
  return unit.repoKey === undefined || OWN_RULES.has(unit.type)
    ? undefined
    : `${unit.type} ${unit.repoKey}`;
}

/** A unit of the starting content that gives way, and the one that takes its place. */
export interface Replacement {
  unitId: number;
  byUnitId: number;
}

/**
 * The incoming unit wins: units of the starting content give way to units with the same repository
 * key that come in now.
 *
 * @param incoming - units that are added and were not in the starting content
 * @param holders - units of the starting content with one of their keys
 */
export function replaceByRepoKey(
  incoming: readonly UnitFacts[],
  holders: readonly UnitFacts[],
): Replacement[] {
  const winners = new Map(incoming.map(unit => [placeOf(unit), unit.id]));
  winners.delete(undefined);
  return holders.flatMap(holder => {
    const byUnitId = winners.get(placeOf(holder));
    return byUnitId === undefined ? [] : { unitId: holder.id, byUnitId };
  });
}

/** Groups of units, all asked for, that exclude each other. */
export function findDuplicates(requested: readonly UnitFacts[]): number[][] {
  const places = new Map<string, number[]>();
  for (const unit of requested) {
    const place = placeOf(unit);
    if (place !== undefined) {
      const taken = places.get(place);
      if (taken) taken.push(unit.id);
      else places.set(place, [unit.id]);
    }
  }
  return [...places.values()].filter(unitIds => unitIds.length > 1);
}

import { CAUSES, type PlannedUnit } from './planDestinations';

/** Two units of different sources that cannot both be in one repository version. */
export interface Rivalry {
  keptId: number;
  leftOutId: number;
}

/**
 * Of units that exclude each other (one NEVRA, one group id) lets through the one with the stronger
 * cause, and of equal ones that of the later entry, as if entries were copied one after the other.
 *
 * @param groups - ids of units that exclude each other
 */
export function settleRivals(
  units: readonly PlannedUnit[],
  groups: readonly (readonly number[])[],
): { units: PlannedUnit[]; rivalries: Rivalry[] } {
  const byId = new Map(units.map(unit => [unit.id, unit]));
  const rivalries = groups.flatMap(group => {
    const [kept, ...others] = group
      .map(id => byId.get(id)!)
      .sort(
        (a, b) =>
          CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause) ||
          b.entry - a.entry,
      );
    return others.map(other => ({ keptId: kept.id, leftOutId: other.id }));
  });
  const leftOut = new Set(rivalries.map(({ leftOutId }) => leftOutId));
  return { units: units.filter(({ id }) => !leftOut.has(id)), rivalries };
}

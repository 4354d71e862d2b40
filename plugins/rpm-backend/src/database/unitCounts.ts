import type { ContentType } from '../identifiers';
import type { UnitCounts } from '../repository/versionTypes';

/** Counts by type in the order of the types' names, those of no units left out. */
function tidy(counts: ReadonlyMap<string, number>): UnitCounts {
  return Object.fromEntries(
    [...counts]
      .filter(([, count]) => count > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** How many units there are of each type. */
export function countTypes(units: Iterable<{ type: ContentType }>): UnitCounts {
  const counts = new Map<string, number>();
  for (const { type } of units) counts.set(type, (counts.get(type) ?? 0) + 1);
  return tidy(counts);
}

/** What is present after units came and went. */
export function changedCounts(
  present: UnitCounts,
  { added, removed }: { added: UnitCounts; removed: UnitCounts },
): UnitCounts {
  const counts = new Map(Object.entries(present));
  for (const [type, count] of Object.entries(added)) {
    counts.set(type, (counts.get(type) ?? 0) + count);
  }
  for (const [type, count] of Object.entries(removed)) {
    counts.set(type, (counts.get(type) ?? 0) - count);
  }
  return tidy(counts);
}

/** Units of all types. */
export function sumOf(counts: UnitCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

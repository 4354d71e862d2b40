import type { UnitPath } from '../../database/operations/versions';
import type { PathOverlap } from '../versionTypes';

/** The folders that a path lies in, from the root down. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts
    .slice(1)
    .map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/**
 * Files that cannot lie beside each other: of one path, or one where another has a folder. A
 * publication has only one of them.
 *
 * @param units - each unit once
 */
export function findPathOverlaps(units: readonly UnitPath[]): PathOverlap[] {
  const byPath = new Map<string, number[]>();
  for (const { unitId, path } of units) {
    const holders = byPath.get(path);
    if (holders) holders.push(unitId);
    else byPath.set(path, [unitId]);
  }
  const inFolder = new Map<string, number[]>();
  for (const { unitId, path } of units) {
    for (const folder of foldersOf(path)) {
      if (byPath.has(folder)) {
        const inside = inFolder.get(folder);
        if (inside) inside.push(unitId);
        else inFolder.set(folder, [unitId]);
      }
    }
  }
  return [...byPath]
    .map(([path, holders]) => ({
      path,
      unitIds: [...holders, ...(inFolder.get(path) ?? [])].sort(
        (a, b) => a - b,
      ),
    }))
    .filter(({ unitIds }) => unitIds.length > 1)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

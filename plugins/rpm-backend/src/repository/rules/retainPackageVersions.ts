import type { PackageFacts } from '../../database/operations/versions';

function groupOf({ name, arch }: PackageFacts): string {
  return `${name} ${arch}`;
}

/** Newest first; of equal versions the unit that is known for a shorter time. */
function newestFirst(a: PackageFacts, b: PackageFacts): number {
  if (a.evrKey !== b.evrKey) return a.evrKey < b.evrKey ? 1 : -1;
  return b.id - a.id;
}

/** Packages of which there are more versions, by name and arch, than may stay. */
export function findCrowded(
  packages: readonly PackageFacts[],
  keep: number,
): PackageFacts[] {
  const sizes = new Map<string, number>();
  for (const unit of packages) {
    const group = groupOf(unit);
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  return packages.filter(unit => sizes.get(groupOf(unit))! > keep);
}

/**
 * The packages that are too old to stay when only the newest `keep` of each name and arch do.
 * Modular packages neither count nor go: their module says which version belongs to it.
 */
export function retainPackageVersions(
  packages: readonly PackageFacts[],
  modular: ReadonlySet<number>,
  keep: number,
): PackageFacts[] {
  const ranks = new Map<string, number>();
  return packages
    .filter(unit => !modular.has(unit.id))
    .sort(newestFirst)
    .filter(unit => {
      const rank = (ranks.get(groupOf(unit)) ?? 0) + 1;
      ranks.set(groupOf(unit), rank);
      return rank > keep;
    });
}

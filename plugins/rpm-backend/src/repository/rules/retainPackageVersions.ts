import type { PackageFacts } from '../../database/operations/versions';
import type { KeptUnit } from '../versionTypes';

/** What packages are versions of. */
export function groupOf({ name, arch }: PackageFacts): string {
  return `${name} ${arch}`;
}

/** Newest first; of equal versions the unit that is known for a shorter time. */
function newestFirst(a: PackageFacts, b: PackageFacts): number {
  if (a.evrKey !== b.evrKey) return a.evrKey < b.evrKey ? 1 : -1;
  return b.id - a.id;
}

/** Packages of which there are more versions, by name and arch, than may stay. */
export function findCrowded<T extends PackageFacts>(
  packages: readonly T[],
  keep: number,
): T[] {
  const sizes = new Map<string, number>();
  for (const unit of packages) {
    const group = groupOf(unit);
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  return packages.filter(unit => sizes.get(groupOf(unit))! > keep);
}

/** What retention does with the packages that it looks at. */
export interface RetainedPackages {
  surplus: { unit: PackageFacts; newest: PackageFacts }[];
  kept: KeptUnit[];
}

/**
 * Only the newest `keep` packages of each name and arch stay; packages of one version take a place
 * each. Modular packages neither count nor go: their module says which version belongs to it.
 */
export function retainPackageVersions(
  packages: readonly PackageFacts[],
  modular: ReadonlySet<number>,
  keep: number,
): RetainedPackages {
  const groups = new Map<string, { newest: PackageFacts; size: number }>();
  const retained: RetainedPackages = { surplus: [], kept: [] };
  for (const unit of [...packages].sort(newestFirst)) {
    if (modular.has(unit.id)) {
      retained.kept.push({ unitId: unit.id, reason: 'modular' });
      continue;
    }
    const group = groups.get(groupOf(unit)) ?? { newest: unit, size: 0 };
    groups.set(groupOf(unit), group);
    group.size += 1;
    if (group.size > keep) {
      retained.surplus.push({ unit, newest: group.newest });
    } else {
      retained.kept.push({ unitId: unit.id, reason: 'newest' });
    }
  }
  return retained;
}

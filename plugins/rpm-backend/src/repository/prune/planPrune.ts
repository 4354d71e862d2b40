import { findCrowded, groupOf } from '../rules/retainPackageVersions';
import type { PackageFacts } from '../../database/operations/versions';
import type { RemovalChoice } from '../versionTypes';

/** What pruning looks at of a package of a version. */
export interface PrunablePackage extends PackageFacts {
  isModular: boolean;
  /** When it came into the repository, as a time stamp. */
  addedAt: string;
}

/**
 * Chooses the packages that leave: older than the newest of their name and arch, and in the
 * repository since before the given time. Packages of one version are equally new.
 *
 * @remarks
 * Modular packages neither count nor go, as in retention: their module says which version belongs to
 * it.
 *
 * @param before - a time stamp
 */
export function planPrune(
  packages: readonly PrunablePackage[],
  before: string,
): RemovalChoice {
  const crowded = findCrowded(packages, 1);
  const newest = findNewest(crowded.filter(({ isModular }) => !isModular));
  const reasons: Map<number, { kind: 'pruned'; newestUnitId: number }> =
    new Map();
  const kept: RemovalChoice['kept'][number][] = [];
  for (const unit of crowded) {
    const spare = (reason: (typeof kept)[number]['reason']) =>
      kept.push({ unitId: unit.id, reason });
    if (unit.isModular) {
      spare('modular');
      continue;
    }
    const best = newest.get(groupOf(unit))!;
    if (unit.evrKey === best.evrKey) spare('newest');
    else if (unit.addedAt >= before) spare('recent');
    else reasons.set(unit.id, { kind: 'pruned', newestUnitId: best.id });
  }
  return { reasons, kept };
}

function findNewest<T extends PackageFacts>(
  packages: readonly T[],
): Map<string, T> {
  const newest = new Map<string, T>();
  for (const unit of packages) {
    const best = newest.get(groupOf(unit));
    if (!best || unit.evrKey > best.evrKey) newest.set(groupOf(unit), unit);
  }
  return newest;
}

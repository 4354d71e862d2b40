import type { ModuleMapping } from '../../database/operations/versions';

/**
 * Packages that leave with their modules: named by a module that left, and by none that stays.
 *
 * @param lost - mappings of the modules that left
 * @param present - mappings of the same packages by modules that are in the new version
 */
export function dropModulePackages(
  lost: readonly ModuleMapping[],
  present: readonly ModuleMapping[],
): ModuleMapping[] {
  const kept = new Set(present.map(({ packageId }) => packageId));
  const dropped = new Map<number, ModuleMapping>();
  for (const mapping of lost) {
    const { packageId } = mapping;
    if (!kept.has(packageId) && !dropped.has(packageId)) {
      dropped.set(packageId, mapping);
    }
  }
  return [...dropped.values()];
}

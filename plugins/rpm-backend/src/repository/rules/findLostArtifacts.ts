import type {
  ModuleMapping,
  UnitFacts,
} from '../../database/operations/versions';

/**
 * Packages that leave although a module that stays names them as its artifacts.
 *
 * @param present - mappings of the packages that leave, by modules of the new version
 * @param leaving - facts of these packages
 * @param coming - what comes in: a package of the same name, version and architecture takes the
 *   place of the one that leaves, and the module has its artifact
 */
export function findLostArtifacts(
  present: readonly ModuleMapping[],
  leaving: readonly UnitFacts[],
  coming: readonly UnitFacts[],
): ModuleMapping[] {
  const keys = new Set(
    coming.flatMap(({ type, repoKey }) =>
      type === 'rpm.package' ? repoKey ?? [] : [],
    ),
  );
  const replaced = new Set(
    leaving.flatMap(({ id, repoKey }) =>
      repoKey !== undefined && keys.has(repoKey) ? id : [],
    ),
  );
  return present.filter(({ packageId }) => !replaced.has(packageId));
}

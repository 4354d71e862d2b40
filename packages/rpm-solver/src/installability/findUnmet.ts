import { Compatibility } from '../pool/Compatibility';
import type { PackageId, Pool } from '../pool/Pool';
import { canHold } from '../requirement/canHold';
import type { PackageSet } from '../requirement/Requirement';
import { type BrokenOptions, findBroken } from './findBroken';

/** A package that the repositories cannot keep installable, with what it lacks. */
export interface UnmetPackage {
  unit: number;
  /** `name-[epoch:]version-release.arch`. */
  label: string;
  /** The requirements that nothing meets, as metadata spells them; sorted. */
  requirements: string[];
}

/**
 * Lists the packages of some repository versions whose requirements these cannot meet together
 * (repoclosure), in the order of name, EVR and architecture.
 *
 * @remarks
 * A package that requires a broken one is broken too, and lists that requirement. The remarks of
 * {@link findBroken} apply.
 *
 * @param repositoryKeys - all that may be used to meet requirements; each is examined
 * @throws Error when the pool does not hold one of them.
 */
export function findUnmet(
  pool: Pool,
  repositoryKeys: readonly string[],
  options: BrokenOptions = {},
): UnmetPackage[] {
  const repositories = repositoryKeys.map(key => pool.repository(key));
  const broken = findBroken(pool, repositories, options);
  const usable = (id: PackageId) =>
    broken[id] === 0 && repositories.some(({ packages }) => packages[id] === 1);
  const ids: PackageId[] = [];
  broken.forEach((isBroken, id) => {
    if (isBroken === 1) {
      ids.push(id);
    }
  });
  return ids
    .sort((a, b) => pool.order.compare(a, b))
    .map(id => ({
      unit: pool.columns.units[id],
      label: pool.label(id),
      requirements: unmetRequirements(pool, id, usable),
    }));
}

/**
 * Whether some repository versions together hold a package and keep it installable.
 *
 * @param unit - a package's unit id
 * @throws Error when the pool does not hold one of the repositories.
 */
export function isInstallable(
  pool: Pool,
  unit: number,
  repositoryKeys: readonly string[],
  options: BrokenOptions = {},
): boolean {
  const repositories = repositoryKeys.map(key => pool.repository(key));
  const id = pool.packageOf(unit);
  return (
    id !== undefined &&
    repositories.some(({ packages }) => packages[id] === 1) &&
    findBroken(pool, repositories, options)[id] === 0
  );
}

function unmetRequirements(
  pool: Pool,
  owner: PackageId,
  usable: (id: PackageId) => boolean,
): string[] {
  const { requires } = pool.columns;
  const compatibility = Compatibility.of(pool);
  const isThere = (set: PackageSet) =>
    pool
      .packagesIn(set)
      .some(
        id =>
          id === owner ||
          (usable(id) &&
            compatibility.archsMeet(owner, id) &&
            !compatibility.clash(owner, id)),
      );
  const includesOwner = (set: PackageSet) =>
    pool.packagesIn(set).includes(owner);
  return [
    ...requires.values.subarray(
      requires.starts[owner],
      requires.starts[owner + 1],
    ),
  ]
    .filter(id => !canHold(pool.requirement(id), { isThere, includesOwner }))
    .map(id => pool.requirementText(id))
    .sort();
}

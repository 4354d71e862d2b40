import type { PackageSet, Requirement } from '../requirement/Requirement';
import { type ClosureState, NO_NODE, type NodeId } from './ClosureState';
import type { ProviderChoice } from './ProviderChoice';

/**
 * Whether a package cannot be installed without a condition coming true: whether the packages that
 * meet what it needs, and what these need, make it hold. If not, an unmet `(a if b)` only means that the
 * package will not be installed beside a `b`.
 */
export function isImplied(
  state: ClosureState,
  choice: ProviderChoice,
  node: NodeId,
  condition: Requirement,
): boolean {
  const { pool, stride } = state;
  const { starts, values } = pool.columns.requires;
  const along = new Set([node]);
  for (const each of along) {
    const id = state.packageOf(each);
    const sets = [...values.subarray(starts[id], starts[id + 1])].flatMap(
      requirement => certainSets(pool.requirement(requirement)),
    );
    for (const set of sets) {
      const picked = choice.pick(each, pool.packagesIn(set), {
        copying: false,
      });
      if (picked.node !== NO_NODE) {
        along.add(picked.node);
      }
    }
  }
  const packages = new Set([...along].map(each => each % stride));
  return holdsAmong(condition, set =>
    pool.packagesIn(set).some(id => packages.has(id)),
  );
}

/** The sets of which a requirement needs a package whatever else there is. */
function certainSets(requirement: Requirement): PackageSet[] {
  switch (requirement.kind) {
    case 'any':
      return [requirement.of];
    case 'and':
      return requirement.operands.flatMap(certainSets);
    default:
      return [];
  }
}

function holdsAmong(
  condition: Requirement,
  isThere: (set: PackageSet) => boolean,
): boolean {
  const holds = (part: Requirement) => holdsAmong(part, isThere);
  switch (condition.kind) {
    case 'any':
      return isThere(condition.of);
    case 'and':
      return condition.operands.every(holds);
    case 'or':
      return condition.operands.some(holds);
    default:
      return holds(condition.then);
  }
}

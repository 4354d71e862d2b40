import type { PackageSet, Requirement } from './Requirement';

/** What {@link canHold} has to be told about packages. */
export interface Availability {
  /** Whether some package of a set can be had. */
  isThere: (set: PackageSet) => boolean;
  /** Whether the package that has the requirement is itself in a set. */
  includesOwner: (set: PackageSet) => boolean;
}

/**
 * Whether there can be a set of packages, with the one that has the requirement, in which it is met.
 * Conditions count as avoidable, so `(a if b)` can always hold, without a `b`; unless the package
 * fulfils the condition itself.
 */
export function canHold(
  requirement: Requirement,
  packages: Availability,
): boolean {
  const hold = (part: Requirement) => canHold(part, packages);
  switch (requirement.kind) {
    case 'any':
      return packages.isThere(requirement.of);
    case 'and':
      return requirement.operands.every(hold);
    case 'or':
      return requirement.operands.some(hold);
    case 'if':
      if (isCertain(requirement.condition, packages)) {
        return hold(requirement.then);
      }
      return (
        !requirement.otherwise ||
        hold(requirement.otherwise) ||
        (hold(requirement.then) && hold(requirement.condition))
      );
    default:
      return (
        (hold(requirement.then) &&
          !isCertain(requirement.condition, packages)) ||
        (requirement.otherwise !== undefined &&
          hold(requirement.otherwise) &&
          hold(requirement.condition))
      );
  }
}

function isCertain(condition: Requirement, packages: Availability): boolean {
  switch (condition.kind) {
    case 'any':
      return packages.includesOwner(condition.of);
    case 'and':
      return condition.operands.every(part => isCertain(part, packages));
    case 'or':
      return condition.operands.some(part => isCertain(part, packages));
    default:
      return false;
  }
}

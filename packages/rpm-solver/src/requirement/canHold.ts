import type { PackageSet, Requirement } from './Requirement';

/**
 * Whether there can be a set of packages in which a requirement is met. Conditions count as avoidable:
 * `(a if b)` can always hold, without a `b`.
 *
 * @param meets - whether some package of a set can be had
 */
export function canHold(
  requirement: Requirement,
  meets: (set: PackageSet) => boolean,
): boolean {
  const hold = (part: Requirement) => canHold(part, meets);
  switch (requirement.kind) {
    case 'any':
      return meets(requirement.of);
    case 'and':
      return requirement.operands.every(hold);
    case 'or':
      return requirement.operands.some(hold);
    case 'if':
      return (
        !requirement.otherwise ||
        hold(requirement.otherwise) ||
        (hold(requirement.then) && hold(requirement.condition))
      );
    default:
      return (
        hold(requirement.then) ||
        (requirement.otherwise !== undefined &&
          hold(requirement.otherwise) &&
          hold(requirement.condition))
      );
  }
}

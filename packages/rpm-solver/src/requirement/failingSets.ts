import { type Availability, canHold } from './canHold';
import type { PackageSet, Requirement } from './Requirement';

/**
 * The sets of packages in an unmet requirement of which none is to be had; empty when it fails for
 * another reason, or does not fail.
 */
export function failingSets(
  requirement: Requirement,
  packages: Availability,
): PackageSet[] {
  if (canHold(requirement, packages)) return [];
  const fail = (part: Requirement) => failingSets(part, packages);
  switch (requirement.kind) {
    case 'any':
      return [requirement.of];
    case 'and':
    case 'or':
      return requirement.operands.flatMap(fail);
    default:
      return [
        requirement.then,
        ...(requirement.otherwise ? [requirement.otherwise] : []),
      ].flatMap(fail);
  }
}

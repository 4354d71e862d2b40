import type { PackageSet, Requirement } from './Requirement';

/** All sets of packages that a requirement speaks of. */
export function setsOf(requirement: Requirement): PackageSet[] {
  switch (requirement.kind) {
    case 'any':
      return [requirement.of];
    case 'and':
    case 'or':
      return requirement.operands.flatMap(setsOf);
    default:
      return [
        requirement.then,
        requirement.condition,
        ...(requirement.otherwise ? [requirement.otherwise] : []),
      ].flatMap(setsOf);
  }
}

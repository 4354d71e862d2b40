import type { RichDependency, RpmRelation } from '@rpmportal/rpm-format';
import type { RelationId } from '../image/ImageRelations';

/**
 * What has to hold for a rich dependency, cut where the meaning changes: below `any` stand
 * conditions on one single package, above it statements about which packages are there.
 */
export type Requirement =
  | RequirementOfOne
  | { kind: 'and'; operands: readonly Requirement[] }
  | RequirementOfAny
  | {
      kind: 'if' | 'unless';
      then: Requirement;
      condition: Requirement;
      otherwise?: Requirement;
    };

/** One package out of a set has to be there. */
export interface RequirementOfOne {
  kind: 'any';
  of: PackageSet;
}

/** One of several statements has to hold. */
export interface RequirementOfAny {
  kind: 'or';
  operands: readonly Requirement[];
}

/** A set of packages, described by what they provide. */
export type PackageSet =
  | { kind: 'providers'; relation: RelationId }
  | { kind: 'union' | 'intersection'; members: readonly PackageSet[] }
  | { kind: 'difference'; from: PackageSet; without: PackageSet };

/** Never met: what a dependency that cannot be read amounts to. */
export const UNMEETABLE: Requirement = { kind: 'or', operands: [] };

/**
 * Turns a parsed rich dependency into a {@link Requirement}.
 *
 * @param intern - gives a relation its id
 */
export function toRequirement(
  tree: RichDependency,
  intern: (relation: RpmRelation) => RelationId,
): Requirement {
  const convert = (part: RichDependency) => toRequirement(part, intern);
  switch (tree.op) {
    case 'relation':
      return {
        kind: 'any',
        of: { kind: 'providers', relation: intern(tree.relation) },
      };
    case 'and':
      return { kind: 'and', operands: tree.operands.map(convert) };
    case 'or':
      return either(tree.operands.map(convert));
    case 'with':
      return ofSets(tree.operands.map(convert), members => ({
        kind: 'intersection',
        members,
      }));
    case 'without':
      return ofSets(
        [tree.operand, tree.excluded].map(convert),
        ([from, without]) => ({ kind: 'difference', from, without }),
      );
    default:
      return {
        kind: tree.op,
        then: convert(tree.then),
        condition: convert(tree.condition),
        ...(tree.otherwise && { otherwise: convert(tree.otherwise) }),
      };
  }
}

/** Alternatives that are single packages become one set, so that they are chosen from as equals. */
function either(operands: Requirement[]): Requirement {
  return operands.every(isOfOne)
    ? {
        kind: 'any',
        of: { kind: 'union', members: operands.map(operand => operand.of) },
      }
    : { kind: 'or', operands };
}

/** rpm allows only conditions on a single package below `with` and `without`. */
function ofSets(
  operands: Requirement[],
  combine: (sets: PackageSet[]) => PackageSet,
): Requirement {
  return operands.every(isOfOne)
    ? { kind: 'any', of: combine(operands.map(operand => operand.of)) }
    : UNMEETABLE;
}

function isOfOne(requirement: Requirement): requirement is RequirementOfOne {
  return requirement.kind === 'any';
}

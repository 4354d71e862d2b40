import type { RpmRelation } from '../package/RpmPackage';

/**
 * A rich (boolean) dependency as a tree.
 *
 * @remarks
 * Names of the fields follow the words of rpm's manual page on boolean dependencies:
 * `(then if condition else otherwise)`. `with` and `without` speak of one package that meets
 * several conditions at once, `and` and `or` of any packages.
 */
export type RichDependency =
  | RichDependencyRelation
  | RichDependencyChain
  | RichDependencyCondition
  | RichDependencyWithout;

/** A leaf, `name` or `name >= 1`. */
export interface RichDependencyRelation {
  op: 'relation';
  relation: RpmRelation;
}

/** Two or more operands of one operator; the only operators that can be chained. */
export interface RichDependencyChain {
  op: 'and' | 'or' | 'with';
  operands: RichDependency[];
}

export interface RichDependencyCondition {
  op: 'if' | 'unless';
  then: RichDependency;
  condition: RichDependency;
  otherwise?: RichDependency;
}

/** A package that meets `operand` and does not meet `excluded`. */
export interface RichDependencyWithout {
  op: 'without';
  operand: RichDependency;
  excluded: RichDependency;
}

/** A text that is no rich dependency. */
export class RichDependencyError extends Error {
  /** Where the mistake is, counted in UTF-16 units from 0. */
  readonly position: number;
  /** The whole dependency. */
  readonly text: string;

  constructor(reason: string, text: string, position: number) {
    const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
    super(`${reason} at position ${position} of rich dependency ${shown}`);
    this.name = 'RichDependencyError';
    this.position = position;
    this.text = text;
  }
}

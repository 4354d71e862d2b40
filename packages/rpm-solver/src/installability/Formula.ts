/**
 * A statement about which items are installed, without negations but at the bottom. Items are
 * integers; what they stand for is the caller's business.
 */
export type Formula =
  /** At least one of them is installed; `some` of nothing is false. */
  | { kind: 'some'; items: readonly number[] }
  /** None of them is installed; `none` of nothing is true. */
  | { kind: 'none'; items: readonly number[] }
  | { kind: 'all'; parts: readonly Formula[] }
  | { kind: 'one'; parts: readonly Formula[] };

/** Holds whatever is installed. */
export const ALWAYS: Formula = { kind: 'all', parts: [] };
/** Holds whatever happens to be installed: never. */
export const NEVER: Formula = { kind: 'one', parts: [] };

/** The statement that holds exactly when `formula` does not. */
export function not(formula: Formula): Formula {
  switch (formula.kind) {
    case 'some':
      return { kind: 'none', items: formula.items };
    case 'none':
      return { kind: 'some', items: formula.items };
    case 'all':
      return { kind: 'one', parts: formula.parts.map(not) };
    default:
      return { kind: 'all', parts: formula.parts.map(not) };
  }
}

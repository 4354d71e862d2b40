/**
 * One condition on labels: the key is there or not, or its value compares with another one;
 * `contains` ignores case, `differs` wants the key to be there.
 *
 * @public
 */
export type LabelCondition =
  | { kind: 'has' | 'lacks'; key: string }
  | { kind: 'equals' | 'differs' | 'contains'; key: string; value: string };

/** A label selection that cannot be read; its message is Pulp's sentence. @public */
export class LabelSelectError extends Error {}

const COMPARISONS = {
  '=': 'equals',
  '!=': 'differs',
  '~': 'contains',
} as const;

const TERM =
  /^(?<not>!?)(?<key>[\w .-]+)(?:(?<operator>=|!=|~)(?<value>.*))?$/s;

function parseTerm(term: string): LabelCondition {
  const groups = TERM.exec(term)?.groups;
  if (!groups) throw new LabelSelectError(`Invalid search term: '${term}'.`);
  const { not, key, operator, value } = groups;
  if (not && operator) {
    throw new LabelSelectError(`Cannot use an operator with '!${key}'.`);
  }
  if (!operator) return { kind: not ? 'lacks' : 'has', key };
  return {
    kind: COMPARISONS[operator as keyof typeof COMPARISONS],
    key,
    value: value.replace(/\\,/g, ','),
  };
}

/**
 * Reads `pulp_label_select`: conditions separated by commas, all of which must hold. `k` has the
 * key, `!k` has it not; `k=v`, `k!=v` and `k~v` compare its value. `\,` stands for a comma.
 *
 * @throws LabelSelectError
 * @public
 */
export function parseLabelSelect(text: string): LabelCondition[] {
  return text.split(/(?<!\\),/).map(parseTerm);
}

import type { RpmRelation } from '../package/RpmPackage';
import { parseFlags, versionedRelation } from './relation';
import { RichDependency, RichDependencyError } from './RichDependency';

// Real dependencies nest three or four deep; the bound keeps hostile ones off the call stack.
const MAX_DEPTH = 64;

const CHAIN = ['and', 'or', 'with'] as const;
const CONDITION = ['if', 'unless'] as const;
const OPERATORS = [...CHAIN, ...CONDITION, 'without', 'else'] as const;
type Operator = (typeof OPERATORS)[number];
type GroupOperator = Exclude<Operator, 'else'>;

/**
 * Reads a rich dependency such as `(a >= 2 if (b or c) else d)`.
 *
 * @remarks
 * The grammar is rpm's. `and`, `or` and `with` may be chained with themselves; different operators
 * need parentheses; `else` follows one `if` or `unless`. Parentheses around a single operand mean
 * nothing and are dropped. A name ends at a blank, a comma or a `)` that it did not open, so
 * `libfoo.so.1()(64bit)` is one.
 *
 * @throws RichDependencyError on any other text, and on nesting deeper than 64.
 */
export function parseRichDependency(text: string): RichDependency {
  const reader = new Reader(text);
  reader.skipBlanks();
  const tree = reader.readGroup(1);
  reader.skipBlanks();
  if (!reader.atEnd) {
    throw reader.error('Text after the closing parenthesis');
  }
  return tree;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  error(reason: string, position = this.#at): RichDependencyError {
    return new RichDependencyError(reason, this.#text, position);
  }

  skipBlanks() {
    while (isBlank(this.#text[this.#at])) {
      this.#at++;
    }
  }

  readGroup(depth: number): RichDependency {
    if (this.#text[this.#at] !== '(') {
      throw this.error('Opening parenthesis expected');
    }
    if (depth > MAX_DEPTH) {
      throw this.error(`Nesting deeper than ${MAX_DEPTH}`);
    }
    this.#at++;

    const operands = [this.#readOperand(depth)];
    let group: GroupOperator | undefined;
    for (;;) {
      this.skipBlanks();
      if (this.atEnd) {
        throw this.error('Closing parenthesis missing');
      }
      if (this.#text[this.#at] === ')') {
        this.#at++;
        return combine(group, operands);
      }
      const start = this.#at;
      const operator = this.#readOperator();
      if (operator === 'else') {
        if (!isOneOf(CONDITION, group) || operands.length !== 2) {
          throw this.error('"else" without "if" or "unless"', start);
        }
      } else if (group === undefined) {
        group = operator;
      } else if (operator !== group || !isOneOf(CHAIN, operator)) {
        throw this.error(`"${operator}" cannot follow "${group}"`, start);
      }
      operands.push(this.#readOperand(depth));
    }
  }

  #readOperand(depth: number): RichDependency {
    this.skipBlanks();
    return this.#text[this.#at] === '('
      ? this.readGroup(depth + 1)
      : { op: 'relation', relation: this.#readRelation() };
  }

  #readRelation(): RpmRelation {
    const name = this.#readWord();
    if (!name) {
      throw this.error(this.atEnd ? 'Operand missing' : 'Name expected');
    }
    const afterName = this.#at;
    this.skipBlanks();
    const operatorAt = this.#at;
    while ('<=>'.includes(this.#text[this.#at] ?? ' ')) {
      this.#at++;
    }
    if (this.#at === operatorAt) {
      this.#at = afterName;
      return { name };
    }
    const flags = parseFlags(this.#text.slice(operatorAt, this.#at));
    if (!flags) {
      throw this.error('Unknown comparison', operatorAt);
    }
    this.skipBlanks();
    const evr = this.#readWord();
    if (!evr) {
      throw this.error('Version expected');
    }
    return versionedRelation(name, flags, evr);
  }

  #readOperator(): Operator {
    const start = this.#at;
    const word = this.#readWord();
    const operator = OPERATORS.find(known => known === word);
    if (!operator) {
      throw this.error(
        `One of ${OPERATORS.join(', ')} or a closing parenthesis expected`,
        start,
      );
    }
    return operator;
  }

  #readWord(): string {
    const start = this.#at;
    let open = 0;
    for (; !this.atEnd; this.#at++) {
      const character = this.#text[this.#at];
      if (isBlank(character) || character === ',') {
        break;
      }
      if (character === '(') {
        open++;
      } else if (character === ')' && --open < 0) {
        break;
      }
    }
    return this.#text.slice(start, this.#at);
  }
}

function isBlank(character: string | undefined): boolean {
  return character !== undefined && ' \t\n\v\f\r'.includes(character);
}

function isOneOf<T extends Operator>(
  operators: readonly T[],
  operator: Operator | undefined,
): operator is T {
  return operators.some(known => known === operator);
}

function combine(
  group: GroupOperator | undefined,
  operands: RichDependency[],
): RichDependency {
  const [first, second, third] = operands;
  switch (group) {
    case undefined:
      return first;
    case 'if':
    case 'unless':
      return {
        op: group,
        then: first,
        condition: second,
        ...(third && { otherwise: third }),
      };
    case 'without':
      return { op: group, operand: first, excluded: second };
    default:
      return { op: group, operands };
  }
}

/**
 * What a list is narrowed to: its filters with their parsed values, combined.
 *
 * @public
 */
export type FilterExpression =
  | { kind: 'filter'; name: string; value: unknown }
  | { kind: 'not'; expression: FilterExpression }
  | { kind: 'and' | 'or'; expressions: FilterExpression[] };

/** Terms and operators; an operator between several terms counts once, as Pulp counts. */
const MOST_PARTS = 8;

/** Parentheses cost nothing by themselves; this many are nobody's query. */
const DEEPEST = 50;

/** A query expression that cannot be used; its message is Pulp's sentence. @public */
export class FilterExpressionError extends Error {
  static syntax(): FilterExpressionError {
    return new FilterExpressionError('Syntax error in expression.');
  }

  static unknownFilter(name: string): FilterExpressionError {
    return new FilterExpressionError(`Filter '${name}' does not exist.`);
  }

  static tooComplex(): FilterExpressionError {
    return new FilterExpressionError(
      'Filter expression exceeds allowed complexity.',
    );
  }
}

type Token =
  | { kind: '(' | ')' | 'NOT' | 'AND' | 'OR' | 'end' }
  | { kind: 'filter'; name: string; value: string };

const WORD =
  /\s*(?:(?<sign>[()])|(?<operator>NOT|AND|OR)(?![\w=])|(?<name>[A-Za-z]\w*)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^\s()"]+)))/suy;

function* tokenize(text: string): Generator<Token> {
  const end = text.trimEnd().length;
  let position = 0;
  while (position < end) {
    WORD.lastIndex = position;
    const groups = WORD.exec(text)?.groups;
    if (!groups) throw FilterExpressionError.syntax();
    position = WORD.lastIndex;
    const { sign, operator, name, quoted, bare } = groups;
    if (name) {
      const value = bare ?? quoted.replace(/\\(.)/gsu, '$1');
      yield { kind: 'filter', name, value };
    } else {
      yield { kind: (sign ?? operator) as '(' };
    }
  }
  yield { kind: 'end' };
}

/** Reads by recursive descent: `OR` binds weakest, `NOT` strongest. */
class ExpressionReader {
  readonly #tokens: Iterator<Token>;
  #token: Token;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
    this.#token = this.#tokens.next().value;
  }

  read(): FilterExpression {
    const expression = this.#either();
    if (this.#token.kind !== 'end') throw FilterExpressionError.syntax();
    return expression;
  }

  #take(): Token {
    const token = this.#token;
    if (token.kind !== 'end') this.#token = this.#tokens.next().value;
    return token;
  }

  #either(): FilterExpression {
    return this.#joined('OR', () => this.#joined('AND', () => this.#single()));
  }

  #joined(
    operator: 'AND' | 'OR',
    readPart: () => FilterExpression,
  ): FilterExpression {
    const expressions = [readPart()];
    while (this.#token.kind === operator) {
      this.#take();
      expressions.push(readPart());
    }
    if (expressions.length === 1) return expressions[0];
    return { kind: operator === 'AND' ? 'and' : 'or', expressions };
  }

  #single(): FilterExpression {
    const token = this.#take();
    if (token.kind === 'filter') return token;
    if (token.kind !== 'NOT' && token.kind !== '(') {
      throw FilterExpressionError.syntax();
    }
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw FilterExpressionError.tooComplex();
    const expression: FilterExpression =
      token.kind === 'NOT'
        ? { kind: 'not', expression: this.#single() }
        : this.#either();
    if (token.kind === '(' && this.#take().kind !== ')') {
      throw FilterExpressionError.syntax();
    }
    this.#depth -= 1;
    return expression;
  }
}

/** The filters of an expression, in the order in which they are written. @public */
export function filtersOf(
  expression: FilterExpression,
): { name: string; value: unknown }[] {
  if (expression.kind === 'filter') return [expression];
  if (expression.kind === 'not') return filtersOf(expression.expression);
  return expression.expressions.flatMap(filtersOf);
}

function partsOf(expression: FilterExpression): number {
  if (expression.kind === 'filter') return 1;
  if (expression.kind === 'not') return 1 + partsOf(expression.expression);
  return expression.expressions.map(partsOf).reduce((a, b) => a + b, 1);
}

/**
 * Reads the language of `q`: `name=value` and `name="quoted value"` terms with `NOT`, `AND`, `OR`
 * and parentheses. Within quotes, a backslash takes the next character as it is.
 *
 * @param names - the filters that may be used
 * @returns the expression, whose values are still texts
 * @throws FilterExpressionError
 * @public
 */
export function parseFilterExpression(
  text: string,
  names: { has(name: string): boolean },
): FilterExpression {
  const expression = new ExpressionReader(text).read();
  const unknown = filtersOf(expression).find(({ name }) => !names.has(name));
  if (unknown) throw FilterExpressionError.unknownFilter(unknown.name);
  if (partsOf(expression) > MOST_PARTS) {
    throw FilterExpressionError.tooComplex();
  }
  return expression;
}

/** The same expression of other filters. @public */
export function mapFilters(
  expression: FilterExpression,
  map: (name: string, value: unknown) => FilterExpression,
): FilterExpression {
  switch (expression.kind) {
    case 'filter':
      return map(expression.name, expression.value);
    case 'not':
      return {
        kind: 'not',
        expression: mapFilters(expression.expression, map),
      };
    default:
      return {
        kind: expression.kind,
        expressions: expression.expressions.map(one => mapFilters(one, map)),
      };
  }
}

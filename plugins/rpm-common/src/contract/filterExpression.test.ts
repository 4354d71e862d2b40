import fc from 'fast-check';
import {
  parseFilterExpression,
  type FilterExpression,
} from './filterExpression';

const NAMES = new Set(['a', 'b', 'name__in']);
const parse = (text: string) => parseFilterExpression(text, NAMES);

/** An expression with all its parentheses. */
function show(expression: FilterExpression): string {
  switch (expression.kind) {
    case 'filter':
      return `${expression.name}=${expression.value}`;
    case 'not':
      return `!${show(expression.expression)}`;
    default:
      return `(${expression.expressions
        .map(show)
        .join(expression.kind === 'and' ? ' & ' : ' | ')})`;
  }
}

describe('filter expressions', () => {
  it.each([
    ['a=1', 'a=1'],
    ['  a = 1  ', 'a=1'],
    ['a="1 2"', 'a=1 2'],
    ['a=""', 'a='],
    ['a="say \\"hi\\" \\\\"', 'a=say "hi" \\'],
    ['name__in=x,y', 'name__in=x,y'],
    ['a=1 AND b=2', '(a=1 & b=2)'],
    ['a=1 AND b=2 AND a=3', '(a=1 & b=2 & a=3)'],
    ['a=1 OR b=2 AND a=3', '(a=1 | (b=2 & a=3))'],
    ['(a=1 OR b=2) AND a=3', '((a=1 | b=2) & a=3)'],
    ['NOT a=1 AND b=2', '(!a=1 & b=2)'],
    ['NOT (a=1 AND b=2)', '!(a=1 & b=2)'],
    ['NOT NOT a=1', '!!a=1'],
    ['((a=1))', 'a=1'],
    ['a=AND AND b=OR', '(a=AND & b=OR)'],
    ['a="é\n(x)"', 'a=é\n(x)'],
  ])('read %s', (text, shown) => {
    expect(show(parse(text))).toBe(shown);
  });

  it.each([
    '',
    ' ',
    'a',
    'a=',
    '=1',
    'a=1 b=2',
    'a=1 AND',
    'AND a=1',
    'NOT',
    '(a=1',
    'a=1)',
    '()',
    'a="1',
    'a=1 and b=2',
    'a=1 & b=2',
  ])('refuse %j', text => {
    expect(() => parse(text)).toThrow('Syntax error in expression.');
  });

  it('name the filter that does not exist', () => {
    expect(() => parse('a=1 OR (c=1 AND d=1)')).toThrow(
      "Filter 'c' does not exist.",
    );
    expect(() => parse('constructor=1')).toThrow(
      "Filter 'constructor' does not exist.",
    );
  });

  it('have at most eight terms and operators', () => {
    const tooComplex = 'Filter expression exceeds allowed complexity.';
    const terms = (count: number) => Array(count).fill('a=1').join(' OR ');
    expect(parse(terms(7)).kind).toBe('or');
    expect(() => parse(terms(8))).toThrow(tooComplex);
    expect(parse('NOT '.repeat(7).concat('a=1')).kind).toBe('not');
    expect(() => parse('NOT '.repeat(8).concat('a=1'))).toThrow(tooComplex);
    expect(() => parse('('.repeat(8_000))).toThrow(tooComplex);
    expect(() => parse('NOT '.repeat(8_000))).toThrow(tooComplex);
  });

  const term = fc.record({
    kind: fc.constant('filter' as const),
    name: fc.constantFrom(...NAMES),
    value: fc.string({ unit: 'grapheme' }),
  });
  const { expression } = fc.letrec<{ expression: FilterExpression }>(tie => ({
    expression: fc.oneof(
      { maxDepth: 2 },
      term,
      fc.record({
        kind: fc.constant('not' as const),
        expression: tie('expression'),
      }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        expressions: fc.tuple(tie('expression'), tie('expression')),
      }),
    ),
  }));

  function write(one: FilterExpression): string {
    switch (one.kind) {
      case 'filter':
        return `${one.name}="${String(one.value).replace(/["\\]/g, '\\$&')}"`;
      case 'not':
        return `NOT (${write(one.expression)})`;
      default:
        return one.expressions
          .map(inner => `(${write(inner)})`)
          .join(` ${one.kind.toUpperCase()} `);
    }
  }

  it('mean what was written', () => {
    fc.assert(
      fc.property(expression, wanted => {
        let parsed: FilterExpression;
        try {
          parsed = parse(write(wanted));
        } catch (error) {
          fc.pre(!/complexity/.test(String(error)));
          throw error;
        }
        expect(parsed).toEqual(wanted);
      }),
    );
  });

  it('answer any text with a tree or a sentence', () => {
    const pieces = fc.constantFrom(
      ...[
        'a',
        'b',
        '=',
        '"',
        '\\',
        '(',
        ')',
        ' ',
        'NOT',
        'AND',
        'OR',
        'é',
        '1',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(pieces).map(all => all.join('')),
        text => {
          try {
            expect(parse(text).kind).toBeDefined();
          } catch (error) {
            expect((error as Error).message).toMatch(/^(Syntax|Filter) .*\.$/);
          }
        },
      ),
    );
  });
});

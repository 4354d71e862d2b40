import fc from 'fast-check';
import { formatRichDependency } from './formatRichDependency';
import { parseRichDependency } from './parseRichDependency';
import { parseRelation } from './relation';
import { RichDependency, RichDependencyError } from './RichDependency';

function leaf(text: string): RichDependency {
  return { op: 'relation', relation: parseRelation(text)! };
}

const [a, b, c] = ['a', 'b', 'c'].map(leaf);

describe('parseRichDependency', () => {
  it.each<[string, RichDependency]>([
    ['(a and b and c)', { op: 'and', operands: [a, b, c] }],
    ['(a or b)', { op: 'or', operands: [a, b] }],
    ['(a with b with c)', { op: 'with', operands: [a, b, c] }],
    ['(a without b)', { op: 'without', operand: a, excluded: b }],
    ['(a if b)', { op: 'if', then: a, condition: b }],
    ['(a if b else c)', { op: 'if', then: a, condition: b, otherwise: c }],
    [
      '(a unless b else c)',
      { op: 'unless', then: a, condition: b, otherwise: c },
    ],
    ['(a)', a],
    ['( ( a ) or ( b ) )', { op: 'or', operands: [a, b] }],
    [
      '(a >= 1:2-3 if (b or libfoo.so.1()(64bit)))',
      {
        op: 'if',
        then: leaf('a >= 1:2-3'),
        condition: { op: 'or', operands: [b, leaf('libfoo.so.1()(64bit)')] },
      },
    ],
    [
      '(font(:lang=de) and /usr/bin/sh and pkgconfig(x) == 2)',
      {
        op: 'and',
        operands: [
          leaf('font(:lang=de)'),
          leaf('/usr/bin/sh'),
          leaf('pkgconfig(x) = 2'),
        ],
      },
    ],
    ['(and and or)', { op: 'and', operands: [leaf('and'), leaf('or')] }],
    ['\t(a\n<=  1\r\nif b)', { op: 'if', then: leaf('a <= 1'), condition: b }],
  ])('reads %s', (text, tree) => {
    expect(parseRichDependency(text)).toEqual(tree);
  });

  it.each([
    ['', 0, 'Opening parenthesis expected'],
    ['a', 0, 'Opening parenthesis expected'],
    ['()', 1, 'Name expected'],
    ['(a', 2, 'Closing parenthesis missing'],
    ['(a or', 5, 'Operand missing'],
    ['(a or )', 6, 'Name expected'],
    ['(a b)', 3, 'expected'],
    ['(a xor b)', 3, 'expected'],
    ['(a or(b))', 3, 'expected'],
    ['(a, b)', 2, 'expected'],
    ['(a or b and c)', 8, '"and" cannot follow "or"'],
    ['(a without b without c)', 13, '"without" cannot follow "without"'],
    ['(a if b if c)', 8, '"if" cannot follow "if"'],
    ['(a if b else c else d)', 15, '"else" without "if" or "unless"'],
    ['(a and b else c)', 9, '"else" without "if" or "unless"'],
    ['(a else b)', 3, '"else" without "if" or "unless"'],
    ['(a >= )', 6, 'Version expected'],
    ['(a <> 1)', 3, 'Unknown comparison'],
    ['(a or b) c', 9, 'Text after the closing parenthesis'],
    ['(a or b))', 8, 'Text after the closing parenthesis'],
  ])('refuses %j, pointing at %i', (text, position, reason) => {
    const parse = () => parseRichDependency(text);
    expect(parse).toThrow(RichDependencyError);
    expect(parse).toThrow(expect.objectContaining({ position, text }));
    expect(parse).toThrow(reason);
  });

  it('bounds the nesting', () => {
    const nested = (depth: number) =>
      `${'('.repeat(depth)}a or b${')'.repeat(depth)}`;
    expect(parseRichDependency(nested(64))).toEqual({
      op: 'or',
      operands: [a, b],
    });
    expect(() => parseRichDependency(nested(65))).toThrow(
      'Nesting deeper than 64 at position 64',
    );
    expect(() => parseRichDependency('('.repeat(1_000_000))).toThrow(
      RichDependencyError,
    );
  });

  it('reads back whatever formatRichDependency writes', () => {
    const { tree } = fc.letrec<{ tree: RichDependency }>(tie => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc
          .constantFrom('a', 'b >= 1', 'c(x)(64bit) = 1:2-3', '/bin/sh', 'if')
          .map(leaf),
        fc.record({
          op: fc.constantFrom('and' as const, 'or' as const, 'with' as const),
          operands: fc.array(tie('tree'), { minLength: 2, maxLength: 4 }),
        }),
        fc.record(
          {
            op: fc.constantFrom('if' as const, 'unless' as const),
            then: tie('tree'),
            condition: tie('tree'),
            otherwise: tie('tree'),
          },
          { requiredKeys: ['op', 'then', 'condition'] },
        ),
        fc.record({
          op: fc.constant('without' as const),
          operand: tie('tree'),
          excluded: tie('tree'),
        }),
      ),
    }));
    fc.assert(
      fc.property(tree, value => {
        expect(parseRichDependency(formatRichDependency(value))).toEqual(value);
      }),
    );
  });

  it('answers every text with a tree or an error of its own', () => {
    const piece = fc.constantFrom(
      ...['(', ')', ' ', 'a', 'or', 'if', 'else', '>=', '1', ',', '\u{1F600}'],
    );
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        try {
          parseRichDependency(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(RichDependencyError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

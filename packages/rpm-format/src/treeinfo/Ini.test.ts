import fc from 'fast-check';
import { readIni, renderIni } from './Ini';

const plain = (pattern: RegExp) =>
  fc.stringMatching(pattern).filter(text => text === text.trim());

const key = plain(/^[^=:\s#;[\p{C}][^=:\p{C}\p{Z}]{0,12}$/u);
const line = plain(/^[^\s#;\p{C}][^\p{C}\p{Zl}\p{Zp}]{0,20}$/u);
const value = fc.array(line, { maxLength: 3 }).map(lines => lines.join('\n'));
const ini = fc
  .array(
    fc.tuple(
      plain(/^[^\]\p{C}\p{Z}]{0,12}$/u),
      fc.array(fc.tuple(key, value), { maxLength: 4 }),
    ),
    { maxLength: 4 },
  )
  .map(
    sections => new Map(sections.map(([name, keys]) => [name, new Map(keys)])),
  );

describe('INI', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(ini, sections => {
        expect(readIni(renderIni(sections))).toEqual(sections);
      }),
    );
  });

  it('keeps what other readers change', () => {
    const text = [
      '; a comment',
      '[images-x86.64]',
      'boot.iso = a;b#c.iso',
      'Boot.ISO: true',
      'list[] = "x"',
      '__proto__ = y',
      'long = first',
      '   second',
      '',
      '[empty]',
      'nothing =',
    ].join('\r\n');
    expect(readIni(text)).toEqual(
      new Map([
        [
          'images-x86.64',
          new Map([
            ['boot.iso', 'a;b#c.iso'],
            ['Boot.ISO', 'true'],
            ['list[]', '"x"'],
            ['__proto__', 'y'],
            ['long', 'first\nsecond'],
          ]),
        ],
        ['empty', new Map([['nothing', '']])],
      ]),
    );
  });

  it.each([
    ['<html>', 1],
    ['key = value', 1],
    ['[section]\n= value', 2],
    ['[section]\na = b\nword', 3],
  ])('refuses %j', (text, lineNumber) => {
    expect(() => readIni(text)).toThrow(
      `cannot be understood in line ${lineNumber}`,
    );
  });

  it('never fails in another way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        try {
          readIni(text);
        } catch (error) {
          expect(error).toHaveProperty('name', 'TreeinfoError');
        }
      }),
    );
  });
});

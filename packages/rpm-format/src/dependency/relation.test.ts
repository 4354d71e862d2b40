import { formatRelation, parseFlags, parseRelation } from './relation';

describe('parseFlags', () => {
  it.each([
    ['=', 'EQ'],
    ['==', 'EQ'],
    ['<', 'LT'],
    ['<=', 'LE'],
    ['=<', 'LE'],
    ['>', 'GT'],
    ['>=', 'GE'],
    ['=>', 'GE'],
    ['<>', undefined],
    ['', undefined],
    ['toString', undefined],
  ])('takes %j for %s', (operator, flag) => {
    expect(parseFlags(operator)).toBe(flag);
  });
});

describe('parseRelation', () => {
  it('reads a bare name', () => {
    expect(parseRelation('libc.so.6(GLIBC_2.34)(64bit)')).toEqual({
      name: 'libc.so.6(GLIBC_2.34)(64bit)',
    });
  });

  it('gives every version an epoch, but a release only where there is one', () => {
    expect(parseRelation(' foo  >= 1.2 ')).toEqual({
      name: 'foo',
      flags: 'GE',
      epoch: '0',
      version: '1.2',
    });
    expect(parseRelation('foo = 1:2-3')).toEqual({
      name: 'foo',
      flags: 'EQ',
      epoch: '1',
      version: '2',
      release: '3',
    });
  });

  it('leaves a rich dependency whole', () => {
    expect(parseRelation('(a >= 1 or b)')).toEqual({ name: '(a >= 1 or b)' });
  });

  it.each(['', '  ', 'foo >=', 'foo ~ 1', 'foo bar', 'foo = 1 2'])(
    'refuses %j',
    text => {
      expect(parseRelation(text)).toBeUndefined();
    },
  );
});

describe('formatRelation', () => {
  it.each([
    'foo',
    'foo = 1',
    'foo < 1:2',
    'foo > 2-3',
    'foo <= 1:2-3',
    'foo >= 1',
    '(a if b)',
  ])('writes %s again', text => {
    expect(formatRelation(parseRelation(text)!)).toBe(text);
  });
});

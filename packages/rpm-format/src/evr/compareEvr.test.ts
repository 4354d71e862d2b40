import fc from 'fast-check';
import { compareEpoch, compareEvr, compareRpmVersion } from './compareEvr';
import { parseEvr } from './Evr';
import { arbitraryEvr, arbitraryVersion } from './__testUtils__/arbitraryEvr';

// In ascending order; the members of one group are equal.
const LADDER = [
  ['~', '~.', '.~'],
  ['~0'],
  ['~1'],
  ['', '.', '_', 'é'],
  ['^'],
  ['^1'],
  ['A'],
  ['a'],
  ['ab'],
  ['b'],
  ['0', '00', '0.', '-0'],
  ['0.0', '0_0'],
  ['1~'],
  ['1.a', '1a'],
  ['1.0~alpha1', '1.0~alpha01'],
  ['1.0~beta~dev'],
  ['1.0~beta'],
  ['1.0~rc1^git1~pre'],
  ['1.0~rc1^git1'],
  ['1.0~rc1.1'],
  ['1.0~rc2'],
  ['1.0', '1.00', '1_0', '1.0.', '01.0', '1.0é'],
  ['1.0^~'],
  ['1.0^'],
  ['1.0^git1~pre'],
  ['1.0^git1'],
  ['1.0^git2'],
  ['1.0^20240101'],
  ['1.0a', '1.0.a'],
  ['1.0.1'],
  ['1.1'],
  ['1.9'],
  ['1.10', '1.010'],
  ['2'],
  ['2.0.1', '2_0.01'],
  ['2.0.1a'],
  ['20240101'],
  ['99999999999999999999', '099999999999999999999'],
  ['100000000000000000000'],
];

describe('compareRpmVersion', () => {
  it.each([
    ['1.0~rc1', '1.0', -1],
    ['1.0', '1.0^git1', -1],
    ['1.0^git1', '1.0.1', -1],
    ['1.10', '1.9', 1],
    ['1.a', '1.1', -1],
    ['1.0.1', '1.0.1', 0],
    ['2_0', '2.0', 0],
    ['5.5p10', '5.5p9', 1],
    ['xyz10', 'xyz10.1', -1],
    ['6.0.rc1', '6.0', 1],
    ['7.0a', '7.0.1', -1],
    ['10xyz', '10.1xyz', -1],
    ['ßa', 'a', 0],
    ['I', 'i', -1],
  ] as const)('orders %s and %s: %i', (a, b, order) => {
    expect(compareRpmVersion(a, b)).toBe(order);
    expect(compareRpmVersion(b, a) + order).toBe(0);
  });

  it('orders a ladder of versions, each against each', () => {
    LADDER.forEach((lower, i) =>
      LADDER.forEach((higher, j) => {
        for (const a of lower) {
          for (const b of higher) {
            expect([a, b, compareRpmVersion(a, b)]).toEqual([
              a,
              b,
              Math.sign(i - j),
            ]);
          }
        }
      }),
    );
  });

  it('is a total order', () => {
    fc.assert(
      fc.property(
        arbitraryVersion,
        arbitraryVersion,
        arbitraryVersion,
        (a, b, c) => {
          const ab = compareRpmVersion(a, b);
          expect(compareRpmVersion(a, a)).toBe(0);
          expect(ab + compareRpmVersion(b, a)).toBe(0);
          const bc = compareRpmVersion(b, c);
          if (ab <= 0 && bc <= 0) {
            expect(compareRpmVersion(a, c)).toBe(ab === 0 ? bc : -1);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('asks no locale', () => {
    const localeCompare = jest.spyOn(String.prototype, 'localeCompare');
    expect(['chb', 'hb', 'cz', 'i', 'I'].sort(compareRpmVersion)).toEqual([
      'I',
      'chb',
      'cz',
      'hb',
      'i',
    ]);
    expect(localeCompare).not.toHaveBeenCalled();
  });
});

describe('compareEpoch', () => {
  it.each([
    ['', '0', 0],
    ['00', '0', 0],
    ['9', '10', -1],
    ['007', '7', 0],
    ['99999999999999999999', '100000000000000000000', -1],
  ] as const)('orders %j and %j: %i', (a, b, order) => {
    expect(compareEpoch(a, b)).toBe(order);
    expect(compareEpoch(b, a) + order).toBe(0);
  });
});

describe('compareEvr', () => {
  it.each([
    ['2-1', '1:1-1', -1],
    ['1-2', '1-10', -1],
    ['1.0-1', '1.0', 1],
    ['0:1.0-1', '1.00-01', 0],
    ['1:1-1', '1:2-0', -1],
  ] as const)('orders %s and %s: %i', (a, b, order) => {
    expect(compareEvr(parseEvr(a), parseEvr(b))).toBe(order);
    expect(compareEvr(parseEvr(b), parseEvr(a)) + order).toBe(0);
  });

  it('is antisymmetric', () => {
    fc.assert(
      fc.property(arbitraryEvr, arbitraryEvr, (a, b) => {
        expect(compareEvr(a, b) + compareEvr(b, a)).toBe(0);
      }),
    );
  });
});

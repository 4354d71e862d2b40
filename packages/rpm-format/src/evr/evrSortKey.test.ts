import fc from 'fast-check';
import { compareEvr } from './compareEvr';
import { parseEvr } from './Evr';
import { evrSortKey } from './evrSortKey';
import { arbitraryEvr } from './__testUtils__/arbitraryEvr';

function byteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

describe('evrSortKey', () => {
  it('orders as compareEvr does, with equal keys for equal EVRs', () => {
    fc.assert(
      fc.property(arbitraryEvr, arbitraryEvr, (a, b) => {
        expect(byteOrder(evrSortKey(a), evrSortKey(b))).toBe(compareEvr(a, b));
      }),
      { numRuns: 5000 },
    );
  });

  it('orders digit runs of every length', () => {
    const lengths = [1, 2, 8, 9, 10, 11, 98, 99, 100, 101, 999, 1000, 12345];
    const evrs = lengths.flatMap(length => [
      parseEvr(`1${'0'.repeat(length - 1)}-1`),
      parseEvr(`${'9'.repeat(length)}-1`),
    ]);
    const keys = evrs.map(evrSortKey);
    evrs.forEach((a, i) =>
      evrs.forEach((b, j) => {
        expect(byteOrder(keys[i], keys[j])).toBe(compareEvr(a, b));
      }),
    );
  });

  it('consists of ASCII letters and digits', () => {
    fc.assert(
      fc.property(arbitraryEvr, evr => {
        expect(evrSortKey(evr)).toMatch(/^[A-Za-z0-9]+$/);
      }),
    );
  });

  it('is stored in databases, so its form may not change', () => {
    expect(evrSortKey(parseEvr('1:2.10~rc1^git-3.el9'))).toBe(
      '1151252101' + '4rc511' + '34git' + '2' + '513' + '4el519' + '2',
    );
    expect(evrSortKey(parseEvr('20240131123456-0'))).toBe(
      '0' + '5A1420240131123456' + '2' + '50' + '2',
    );
  });
});

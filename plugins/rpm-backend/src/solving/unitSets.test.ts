import fc from 'fast-check';
import {
  countShared,
  intersect,
  isWithin,
  toUnitSet,
  unite,
  without,
} from './unitSets';

const ids = fc.uniqueArray(fc.nat(30));
const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

describe('sets of units', () => {
  it('are what sets are', () => {
    fc.assert(
      fc.property(ids, ids, (first, second) => {
        const [a, b] = [new Set(first), new Set(second)];
        const [x, y] = [toUnitSet(first), toUnitSet(second)];
        const shared = first.filter(id => b.has(id));
        expect([...unite(x, y)]).toEqual(sorted(new Set([...a, ...b])));
        expect([...without(x, y)]).toEqual(
          sorted(first.filter(id => !b.has(id))),
        );
        expect([...intersect(x, y)]).toEqual(sorted(shared));
        expect(countShared(x, y)).toBe(shared.length);
        expect(isWithin(x, y)).toBe(shared.length === first.length);
      }),
    );
  });
});

import type { Advisory } from '@rpmportal/rpm-format';
import { testCollection } from '../testing/units';
import { nameCollections } from './collectionNames';

function advisoryOf(pkglist: Advisory['pkglist']): Advisory {
  return { id: 'A-1', rebootSuggested: false, references: [], pkglist };
}

function nameless(...packages: string[]): Advisory['pkglist'][number] {
  return { packages: testCollection('', ...packages).packages };
}

function namesOf(advisory: Advisory): (string | undefined)[] {
  return nameCollections(advisory).pkglist.map(({ name }) => name);
}

describe('nameCollections', () => {
  it('leaves an advisory alone whose collections have names', () => {
    const named = advisoryOf([testCollection('a'), testCollection('b')]);
    expect(nameCollections(named)).toBe(named);
    const none = advisoryOf([]);
    expect(nameCollections(none)).toBe(none);
  });

  it('names what has no name, by what it holds', () => {
    const first = namesOf(advisoryOf([nameless('a-1'), testCollection('b')]));
    expect(first).toEqual([
      expect.stringMatching(/^collection-autofill-[0-9a-f]{12}$/),
      'b',
    ]);
    const [again] = namesOf(advisoryOf([testCollection('', 'a-1')]));
    expect(again).toBe(first[0]);
    expect(namesOf(advisoryOf([nameless('a-2')]))[0]).not.toBe(first[0]);
  });

  it('gives collections that hold the same names of their own', () => {
    const names = namesOf(advisoryOf([nameless('a-1'), nameless('a-1')]));
    expect(new Set(names).size).toBe(2);
    expect(names[1]).toMatch(/^collection-autofill-[0-9a-f]{12}$/);
  });

  it('numbers a name that comes again, past names that are there', () => {
    expect(
      namesOf(
        advisoryOf(['a', 'a', 'a_1', 'a'].map(name => testCollection(name))),
      ),
    ).toEqual(['a', 'a_0', 'a_1', 'a_2']);
  });
});

import { PackageSelection } from './PackageSelection';

let unitId = 0;

function candidate(nevra: string, timeBuild = 1) {
  unitId += 1;
  return { unitId, nevra, timeBuild };
}

function choose(candidates: ReturnType<typeof candidate>[]) {
  const selection = new PackageSelection();
  candidates.forEach(each => selection.add(each));
  return selection.choose();
}

describe('PackageSelection', () => {
  it('takes everything, in the order of the metadata', () => {
    const all = ['b-1', 'a-2', 'a-1'].map(nevra => candidate(nevra));
    expect(choose(all)).toEqual({
      unitIds: all.map(each => each.unitId),
      repeated: [],
    });
  });

  it('takes the one built last, of equals the first', () => {
    const first = candidate('a-1', 5);
    const later = candidate('a-1', 9);
    const equal = candidate('a-1', 9);
    for (const order of [
      [first, later, equal],
      [later, equal, first],
      [later, first, equal],
    ]) {
      expect(choose(order)).toEqual({
        unitIds: [later.unitId],
        repeated: ['a-1'],
      });
    }
  });

  it('does not call a package repeated that is listed twice', () => {
    const one = candidate('a-1');
    expect(choose([one, { ...one }])).toEqual({
      unitIds: [one.unitId],
      repeated: [],
    });
  });
});

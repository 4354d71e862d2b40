import { evrSortKey } from '@rpmportal/rpm-format';
import { PackageSelection } from './PackageSelection';

let unitId = 0;

/** `name-version`, noarch unless said otherwise. */
function candidate(text: string, more: object = {}) {
  const [name, version] = text.split('-');
  unitId += 1;
  return {
    unitId,
    nevra: `${name}-0:${version}-1.noarch`,
    name,
    arch: 'noarch',
    evrKey: evrSortKey({ epoch: '0', version, release: '1' }),
    timeBuild: 1,
    ...more,
  };
}

function choose(
  candidates: ReturnType<typeof candidate>[],
  options: { keep?: number; modular?: string[] } = {},
) {
  const selection = new PackageSelection({
    keep: options.keep ?? 0,
    modular: new Set(options.modular),
  });
  candidates.forEach(each => selection.add(each));
  return selection.choose();
}

describe('PackageSelection', () => {
  it('takes everything, in the order of the metadata', () => {
    const all = ['b-1', 'a-2', 'a-1'].map(text => candidate(text));
    expect(choose(all)).toEqual({
      unitIds: all.map(each => each.unitId),
      repeated: [],
      skipped: 0,
    });
  });

  it('takes the one built last, of equals the first', () => {
    const first = candidate('a-1', { timeBuild: 5 });
    const later = candidate('a-1', { timeBuild: 9 });
    const equal = candidate('a-1', { timeBuild: 9 });
    for (const order of [
      [first, later, equal],
      [later, equal, first],
      [later, first, equal],
    ]) {
      expect(choose(order)).toEqual({
        unitIds: [later.unitId],
        repeated: ['a-0:1-1.noarch'],
        skipped: 0,
      });
    }
  });

  it('does not call a package repeated that is listed twice', () => {
    const one = candidate('a-1');
    expect(choose([one, { ...one }])).toEqual({
      unitIds: [one.unitId],
      repeated: [],
      skipped: 0,
    });
  });

  it('keeps the newest of each name and architecture', () => {
    const [old, mid, rc, fresh, other, source] = [
      candidate('a-1.9'),
      candidate('a-1.10'),
      candidate('a-2~rc'),
      candidate('a-2'),
      candidate('b-1'),
      candidate('a-1', { arch: 'src', nevra: 'a-0:1-1.src' }),
    ];
    expect(choose([fresh, old, other, mid, source, rc], { keep: 2 })).toEqual({
      unitIds: [fresh, other, source, rc].map(each => each.unitId),
      repeated: [],
      skipped: 2,
    });
  });

  it('neither counts nor skips packages of modules', () => {
    const [old, modular, fresh] = [
      candidate('a-1'),
      candidate('a-2'),
      candidate('a-3'),
    ];
    expect(
      choose([old, modular, fresh], { keep: 1, modular: [modular.nevra] }),
    ).toEqual({
      unitIds: [modular.unitId, fresh.unitId],
      repeated: [],
      skipped: 1,
    });
  });
});

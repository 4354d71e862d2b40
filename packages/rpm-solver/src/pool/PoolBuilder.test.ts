import { module, pkg, unitOf } from '../__testUtils__/packages';
import { CancelledError } from '../cancellation';
import { openPool } from './openPool';
import { buildPool, PoolBuilder } from './PoolBuilder';

function providersOf(pool: ReturnType<typeof buildPool>, name: string) {
  const id = pool.columns.strings.find(name);
  return id === undefined
    ? []
    : [...new Set([...pool.provisionsOf(id)].map(([one]) => pool.label(one)))];
}

describe('PoolBuilder', () => {
  it('keeps a package once that several repositories hold', () => {
    const lib = pkg('lib-1-1');
    const pool = buildPool([
      { key: 'one', packages: [lib, pkg('a-1-1')] },
      { key: 'two', packages: [lib] },
    ]);
    expect(pool.packageCount).toBe(2);
    expect([...pool.repository('one').packages]).toEqual([1, 1]);
    expect([...pool.repository('two').packages]).toEqual([1, 0]);
  });

  it('finds the artifacts of modules, wherever they come from', () => {
    const one = new PoolBuilder();
    one.addModule(
      module('m:1:1:c:noarch', {
        artifacts: ['a-1-1', 'a-2-1', 'a-1:1-1', 'gone-1-1'],
      }),
    );
    const two = new PoolBuilder();
    two.addPackage(pkg('a-1-1'));
    two.addPackage(pkg('a-1:1-1'));
    two.addPackage(pkg('other-1-1'));
    two.addPackage({ ...pkg('a-1-1'), unit: 99_999 });
    const both = new PoolBuilder();
    both.addImage(one.build());
    both.addImage(two.build());
    const pool = openPool(both.build(), []);
    const { artifacts } = pool.columns.modules[0];
    expect(
      artifacts.map(id => [pool.label(id), pool.columns.units[id]]).sort(),
    ).toEqual([
      ['a-1-1.noarch', unitOf('a-1-1')],
      ['a-1-1.noarch', 99_999],
      ['a-1:1-1.noarch', unitOf('a-1:1-1')],
    ]);
  });

  it('finds who provides what, by relation and by file, each once', () => {
    const pool = buildPool([
      {
        key: 'one',
        packages: [
          pkg('a-1-1', { requires: ['/bin/sh', 'shell'] }),
          pkg('bash-1-1', {
            provides: ['/bin/sh', 'shell', 'shell = 5'],
            files: ['/bin/sh', '/bin/unwanted'],
          }),
          pkg('dash-1-1', { files: ['/bin/sh'] }),
          pkg('bash-1-1.src', { provides: ['shell'] }),
        ],
      },
    ]);
    expect(providersOf(pool, '/bin/sh')).toEqual([
      'bash-1-1.noarch',
      'dash-1-1.noarch',
    ]);
    expect(providersOf(pool, 'shell')).toEqual(['bash-1-1.noarch']);
    expect(providersOf(pool, 'bash')).toEqual(['bash-1-1.noarch']);
    expect(providersOf(pool, '/bin/unwanted')).toEqual([]);
  });

  it('tells apart relations that differ in any part', () => {
    const texts = ['x', 'x = 1', 'x = 1-1', 'x = 1:1', 'x >= 1', 'y = 1'];
    const pool = buildPool([
      { key: 'one', packages: [pkg('a-1-1', { requires: [...texts, 'x'] })] },
    ]);
    const { starts, values } = pool.columns.requires;
    expect(
      [...values.subarray(starts[0], starts[1])].map(id =>
        pool.requirementText(id),
      ),
    ).toEqual(texts);
  });

  it('keeps apart many relations of one name', () => {
    const versions = Array.from({ length: 5000 }, (_, i) => `x = ${i}`);
    const pool = buildPool([
      { key: 'one', packages: [pkg('a-1-1', { requires: versions })] },
    ]);
    expect(new Set(pool.columns.requires.values).size).toBe(5000);
  });

  it('orders packages by name, EVR as rpm does, architecture and unit', () => {
    const ordered = [
      'B-1-1.noarch',
      'a-1.9-1.x86_64',
      'a-1.10-1.i686',
      'a-1.10-1.x86_64',
      'a-1:1-1.noarch',
      'ab-1-1.noarch',
    ];
    const pool = buildPool([
      {
        key: 'one',
        packages: [...ordered].reverse().map(nevra => pkg(nevra)),
      },
    ]);
    const ids = Array.from(pool.columns.units, (_, id) => id);
    expect(
      ids.sort((a, b) => pool.order.compare(a, b)).map(id => pool.label(id)),
    ).toEqual(ordered);
  });

  it('refuses repositories twice, and units that the image lacks', () => {
    const builder = new PoolBuilder();
    builder.addPackage(pkg('a-1-1'));
    const image = builder.build();
    expect(() =>
      openPool(image, [
        { key: 'one', units: [] },
        { key: 'one', units: [] },
      ]),
    ).toThrow("Repository 'one' was added before");
    expect(() =>
      openPool(image, [{ key: 'one', units: [unitOf('a-1-1'), 999_999] }]),
    ).toThrow('Unit 999999');
  });

  it('stops when told to', () => {
    expect(() =>
      buildPool([{ key: 'one', packages: [pkg('a-1-1')] }], {
        shouldCancel: () => true,
      }),
    ).toThrow(CancelledError);
  });
});

import { ANIMALS, CATEGORY_ALL } from '../__testUtils__/animals';
import { additions, copy, toRepositories } from '../__testUtils__/copy';
import { pkg } from '../__testUtils__/packages';
import { CancelledError } from '../cancellation';
import { buildPool } from '../pool/PoolBuilder';
import { planClosure } from './planClosure';

const labels = (...nevras: string[]) => nevras.map(nevra => `${nevra}.noarch`);

describe('planClosure on the reference set', () => {
  it('has its shape', () => {
    expect(ANIMALS).toHaveLength(35);
    expect(new Set(ANIMALS.map(({ name }) => name)).size).toBe(31);
    expect(CATEGORY_ALL).toHaveLength(26);
  });

  it('brings what a package needs', () => {
    expect(additions(ANIMALS, [], ['whale-0.2-1'])).toEqual(
      labels('shark-0.1-1', 'stork-0.12-2'),
    );
  });

  it('completes the category to 30 packages', () => {
    const requested = CATEGORY_ALL.map(
      ({ name, version, release }) => `${name}-${version}-${release}`,
    );
    const result = additions(ANIMALS, [], requested);
    expect(result).toEqual(
      labels('crow-0.8-1', 'pike-2.2-1', 'shark-0.1-1', 'trout-0.12-1'),
    );
    expect(requested.length + result.length).toBe(30);
  });

  it('serves both versions of a package', () => {
    expect(additions(ANIMALS, [], ['walrus-0.71-1', 'walrus-5.21-1'])).toEqual(
      labels('shark-0.1-1', 'stork-0.12-2', 'whale-0.2-1'),
    );
  });

  it('takes the newest provider', () => {
    expect(additions(ANIMALS, [], ['elephant-8.3-1'])).toEqual(
      labels('kangaroo-0.3-1'),
    );
  });

  it('finds the end of circles', () => {
    const { added: byEntry, missing } = copy(
      { source: ANIMALS, destination: [] },
      [{ requested: ['zebra-0.1-2'] }],
    );
    expect(byEntry[0]).toEqual(
      labels(
        'bear-4.1-1',
        'crow-0.8-1',
        'dolphin-3.10.232-1',
        'elephant-8.3-1',
        'gorilla-0.62-1',
        'kangaroo-0.3-1',
        'lion-0.4-1',
        'pike-2.2-1',
        'tiger-1.0-4',
        'wolf-9.4-2',
      ),
    );
    expect(missing).toEqual([]);
  });

  it('leaves what the destination holds', () => {
    const held = ANIMALS.filter(({ name }) =>
      ['stork', 'kangaroo'].includes(name),
    );
    expect(additions(ANIMALS, held, ['whale-0.2-1', 'elephant-8.3-1'])).toEqual(
      labels('shark-0.1-1'),
    );
  });
});

describe('planClosure', () => {
  it('adds the version that is needed beside the one that is held', () => {
    const foo1 = pkg('foo-1-1');
    const bar = pkg('bar-1-1', { requires: ['foo = 1'] });
    const source = [
      foo1,
      bar,
      pkg('foo-2-1', { requires: ['baz'] }),
      pkg('baz-1-1'),
    ];
    expect(additions(source, [foo1, bar], ['foo-2-1'])).toEqual(
      labels('baz-1-1'),
    );
  });

  it('brings two versions of a library when two packages need them', () => {
    const source = [
      pkg('a-1-1', { requires: ['lib = 1'] }),
      pkg('b-1-1', { requires: ['lib = 2'] }),
      pkg('lib-1-1'),
      pkg('lib-2-1'),
    ];
    expect(additions(source, [], ['a-1-1', 'b-1-1'])).toEqual(
      labels('lib-1-1', 'lib-2-1'),
    );
  });

  it('upgrades a library without regard to who holds on to the old one', () => {
    const held = [
      pkg('lib-1-1'),
      pkg('lib-2-1'),
      pkg('old-1-1', { requires: ['lib = 2'] }),
    ];
    const source = [
      pkg('app-3-1', { requires: ['lib >= 3'] }),
      pkg('lib-3-1', { requires: ['rt'] }),
      pkg('rt-1-1'),
    ];
    expect(additions(source, held, ['app-3-1'])).toEqual(
      labels('lib-3-1', 'rt-1-1'),
    );
  });

  it('brings nothing that requested packages provide', () => {
    const source = [
      pkg('app-1-1', { requires: ['lib'] }),
      pkg('lib-1-1'),
      pkg('lib-2-1'),
    ];
    expect(additions(source, [], ['app-1-1', 'lib-1-1'])).toEqual([]);
  });

  it('keeps to an older version that the destination holds', () => {
    const source = [pkg('app-1-1', { requires: ['lib'] }), pkg('lib-2-1')];
    expect(additions(source, [pkg('lib-1-1')], ['app-1-1'])).toEqual([]);
  });

  it('brings the newest version all the same when upgrading', () => {
    const source = [
      pkg('app-1-1', { requires: ['lib'] }),
      pkg('lib-2-1', { requires: ['rt'] }),
      pkg('lib-3-1', { requires: ['rt'] }),
      pkg('rt-2-1'),
    ];
    const held = [pkg('lib-1-1'), pkg('rt-1-1')];
    expect(
      additions(source, held, ['app-1-1'], { dependencyUpgrade: true }),
    ).toEqual(labels('lib-3-1', 'rt-2-1'));
  });

  it('upgrades what is held, not to another package that would do', () => {
    const source = [
      pkg('app-1-1', { requires: ['web'] }),
      pkg('apache-9-1', { provides: ['web'] }),
      pkg('nginx-2-1', { provides: ['web'] }),
    ];
    const held = [pkg('nginx-1-1', { provides: ['web'] })];
    expect(
      additions(source, held, ['app-1-1'], { dependencyUpgrade: true }),
    ).toEqual(labels('nginx-2-1'));
  });

  it('does not upgrade to what is held', () => {
    const lib = pkg('lib-2-1');
    const source = [pkg('app-1-1', { requires: ['lib'] }), lib];
    expect(
      additions(source, [lib, pkg('lib-1-1')], ['app-1-1'], {
        dependencyUpgrade: true,
      }),
    ).toEqual([]);
  });

  it('copies what there is and reports what nobody provides', () => {
    const result = copy(
      {
        source: [
          pkg('app-1-1', { requires: ['lib', 'nowhere', 'tool'] }),
          pkg('lib-1-1', { requires: ['nothing >= 2'] }),
          pkg('tool-1-1'),
        ],
        destination: [],
      },
      [{ requested: ['app-1-1'] }],
    );
    expect(result.added[0]).toEqual(labels('lib-1-1', 'tool-1-1'));
    expect(result.missing).toEqual([
      'app-1-1.noarch: nowhere',
      'lib-1-1.noarch: nothing >= 2',
    ]);
  });

  it('ignores that the destination breaks something of its own', () => {
    const held = [pkg('broken-1-1', { requires: ['nowhere'] })];
    const result = copy(
      { source: [pkg('app-1-1'), pkg('lib-1-1')], destination: held },
      [{ requested: ['app-1-1'] }],
    );
    expect(result.added[0]).toEqual([]);
    expect(result.missing).toEqual([]);
  });

  it('completes what the destination holds when a copied package needs it', () => {
    const lib = pkg('lib-1-1', { requires: ['rt'] });
    const source = [pkg('app-1-1', { requires: ['lib'] }), lib, pkg('rt-1-1')];
    expect(additions(source, [lib], ['app-1-1'])).toEqual(labels('rt-1-1'));
  });

  it('reports what held packages on the way lack, each requirement once', () => {
    const held = [
      pkg('lib-1-1', { requires: ['libc', 'rt'] }),
      pkg('rt-1-1', { requires: ['libc', 'kernel'] }),
    ];
    const { plan, missing } = copy(
      {
        source: [pkg('app-1-1', { requires: ['lib', 'libc'] })],
        destination: held,
      },
      [{ requested: ['app-1-1'] }],
    );
    expect(missing).toEqual(['app-1-1.noarch: libc', 'rt-1-1.noarch: kernel']);
    expect(plan.missing.map(({ held: isHeld }) => isHeld)).toEqual([
      false,
      true,
    ]);
  });

  it('finds providers by file, also outside the usual folders', () => {
    const source = [
      pkg('app-1-1', { requires: ['/usr/bin/tool', '/opt/x/data'] }),
      pkg('data-1-1', { files: ['/opt/x', '/opt/x/data'] }),
      pkg('tool-1-1', { provides: ['/usr/bin/tool'] }),
    ];
    expect(additions(source, [], ['app-1-1'])).toEqual(
      labels('data-1-1', 'tool-1-1'),
    );
  });

  it('knows features of rpm and what a package provides to itself', () => {
    const source = [
      pkg('app-1-1', {
        requires: [
          'rpmlib(PayloadIsZstd) <= 5.4.18-1',
          'config(app) = 1-1',
          'app = 1-1',
          '/etc/app',
        ],
        provides: ['config(app) = 1-1'],
        files: ['/etc/app'],
      }),
      pkg('app-2-1', {
        provides: ['config(app) = 2-1'],
        files: ['/etc/app'],
      }),
    ];
    const result = copy({ source, destination: [] }, [
      { requested: ['app-1-1'] },
    ]);
    expect(result.added[0]).toEqual([]);
    expect(result.missing).toEqual([]);
  });

  it('compares epochs, and releases only where the requirement has one', () => {
    const source = [
      pkg('app-1-1', { requires: ['lib = 2', 'rt >= 1:1.0'] }),
      pkg('lib-2-5'),
      pkg('lib-3-1'),
      pkg('rt-9-1'),
      pkg('rt-1:1.0-1'),
    ];
    expect(additions(source, [], ['app-1-1'])).toEqual(
      labels('lib-2-5', 'rt-1:1.0-1'),
    );
  });

  it('brings what source packages are built with only when asked', () => {
    const source = [
      pkg('app-1-1.src', { requires: ['gcc'] }),
      pkg('gcc-1-1.x86_64'),
    ];
    expect(additions(source, [], ['app-1-1.src'])).toEqual([]);
    expect(
      additions(source, [], ['app-1-1.src'], { sourceRequires: true }),
    ).toEqual(['gcc-1-1.x86_64']);
  });

  it('builds sources with what is named like them, or obsoleted by them', () => {
    const source = [
      pkg('app-2-1.src', {
        requires: ['app', 'tool'],
        obsoletes: ['tool < 2'],
      }),
      pkg('app-1-1', { obsoletes: ['app < 3'] }),
      pkg('tool-1-1'),
    ];
    expect(
      copy({ source, destination: [] }, [{ requested: ['app-2-1.src'] }], {
        sourceRequires: true,
      }),
    ).toMatchObject({
      added: { 0: labels('app-1-1', 'tool-1-1') },
      missing: [],
    });
  });

  it('does not build sources beside what they conflict with', () => {
    const source = [
      pkg('app-2-1.src', { requires: ['lib'], conflicts: ['lib'] }),
      pkg('lib-1-1'),
    ];
    expect(
      copy({ source, destination: [] }, [{ requested: ['app-2-1.src'] }], {
        sourceRequires: true,
      }).missing,
    ).toEqual(['app-2-1.src: lib']);
  });

  it('never takes a source package for what it is named like', () => {
    const source = [pkg('app-1-1', { requires: ['lib'] }), pkg('lib-1-1.src')];
    const result = copy({ source, destination: [] }, [
      { requested: ['app-1-1'] },
    ]);
    expect(result.missing).toEqual(['app-1-1.noarch: lib']);
  });

  it('names requested units that the source does not hold', () => {
    const { plan } = copy(
      { source: [pkg('a-1-1')], destination: [], other: [pkg('b-1-1')] },
      [{ requested: ['b-1-1', 'a-1-1', 'never-seen-1'] }],
    );
    expect(plan.entries[0].ignored).toHaveLength(2);
    expect(plan.entries[0].added).toEqual([]);
  });

  it('answers with plain data', () => {
    const { plan } = copy({ source: ANIMALS, destination: [] }, [
      { requested: ['walrus-0.71-1', 'walrus-5.21-1'] },
    ]);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('stops when told to', () => {
    let asked = 0;
    expect(() =>
      planClosure(buildPool(toRepositories({ from: ANIMALS, to: [] })), {
        entries: [
          {
            id: 'x',
            source: 'from',
            destination: 'to',
            requested: ANIMALS.map(({ unit }) => unit),
          },
        ],
        shouldCancel: () => ++asked > 2,
      }),
    ).toThrow(CancelledError);
  });

  it('refuses requests that make no sense', () => {
    const repositories = { source: ANIMALS, destination: [] };
    expect(() =>
      copy(repositories, [{ source: 'elsewhere', requested: [] }]),
    ).toThrow("The pool holds no repository 'elsewhere'");
    expect(() =>
      copy(repositories, [
        { id: 'x', requested: [] },
        { id: 'x', requested: [] },
      ]),
    ).toThrow('Two entries of the request have the same id');
    expect(() =>
      copy(repositories, [
        { architecture: 'x86_64', requested: [] },
        { architecture: 'aarch64', requested: [] },
      ]),
    ).toThrow("Entries name different architectures for 'destination'");
  });
});

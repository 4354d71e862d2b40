import { copy } from '../__testUtils__/copy';
import { module, pkg } from '../__testUtils__/packages';
import type { ModuleRecord, PackageRecord } from '../pool/records';

interface Source {
  packages: PackageRecord[];
  modules?: ModuleRecord[];
  defaultStreams?: Record<string, string>;
}

function wishesOf(
  source: PackageRecord[] | Source,
  destination: PackageRecord[] = [],
  requested = ['app-1-1'],
) {
  return copy({ source, destination }, [{ requested }], {
    weakDependencies: true,
  });
}

const addedTo = (...args: Parameters<typeof wishesOf>) =>
  wishesOf(...args).added[0];

describe('weak dependencies', () => {
  it('are left out unless they are asked for', () => {
    const source = [
      pkg('app-1-1', { recommends: ['doc'] }),
      pkg('doc-1-1'),
      pkg('plugin-1-1', { supplements: ['app'] }),
    ];
    expect(
      copy({ source, destination: [] }, [{ requested: ['app-1-1'] }]),
    ).toMatchObject({
      added: { 0: [] },
    });
  });

  it('come with everything that they need', () => {
    const { added, chains, missing } = wishesOf([
      pkg('app-1-1', { recommends: ['doc >= 2'] }),
      pkg('doc-1-1'),
      pkg('doc-2-1', { requires: ['reader'], recommends: ['fonts'] }),
      pkg('reader-1-1'),
      pkg('fonts-1-1'),
    ]);
    expect(added[0]).toEqual([
      'doc-2-1.noarch',
      'fonts-1-1.noarch',
      'reader-1-1.noarch',
    ]);
    expect(missing).toEqual([]);
    expect(chains['reader-1-1.noarch']).toBe(
      'requested app-1-1.noarch → recommends doc >= 2 → doc-2-1.noarch → requires reader → reader-1-1.noarch',
    );
  });

  it('are not missing when nobody has them', () => {
    const result = wishesOf([
      pkg('app-1-1', { recommends: ['nowhere', '(a and nowhere)'] }),
      pkg('a-1-1'),
    ]);
    expect(result).toMatchObject({
      added: { 0: ['a-1-1.noarch'] },
      missing: [],
    });
  });

  it('stay away when something that they need is missing', () => {
    expect(
      wishesOf([
        pkg('app-1-1', { recommends: ['doc'] }),
        pkg('doc-2-1', { requires: ['deep'] }),
        pkg('deep-1-1', { requires: ['nowhere'] }),
      ]),
    ).toMatchObject({ added: { 0: [] }, missing: [] });
  });

  it('are met by an older build when the newest cannot be installed', () => {
    expect(
      addedTo([
        pkg('app-1-1', { recommends: ['doc'] }),
        pkg('doc-1-1'),
        pkg('doc-2-1', { requires: ['nowhere'] }),
      ]),
    ).toEqual(['doc-1-1.noarch']);
  });

  it('stay away when they cannot be installed along with who wants them', () => {
    expect(
      addedTo([
        pkg('app-1-1', { requires: ['old'], recommends: ['doc', 'tool'] }),
        pkg('old-1-1'),
        pkg('doc-1-1', { requires: ['lib'] }),
        pkg('lib-1-1', { conflicts: ['old'] }),
        pkg('tool-1-1', { conflicts: ['app'] }),
      ]),
    ).toEqual(['old-1-1.noarch']);
  });

  it('bring what their requester needs beside them', () => {
    const { added, chains } = wishesOf([
      pkg('app-1-1', { requires: ['lib'], recommends: ['doc'] }),
      pkg('lib-2-1', { conflicts: ['doc'] }),
      pkg('lib-1-1'),
      pkg('doc-1-1'),
    ]);
    expect(added[0]).toEqual([
      'doc-1-1.noarch',
      'lib-1-1.noarch',
      'lib-2-1.noarch',
    ]);
    expect(chains['lib-1-1.noarch']).toBe(
      'requested app-1-1.noarch → requires lib → lib-1-1.noarch',
    );
  });

  it('are met by what the destination has', () => {
    expect(
      addedTo(
        [pkg('app-1-1', { recommends: ['doc'] }), pkg('doc-2-1')],
        [pkg('doc-1-1')],
      ),
    ).toEqual([]);
  });

  it('of what the destination held before bring nothing', () => {
    expect(
      addedTo(
        [
          pkg('app-1-1', { requires: ['lib'] }),
          pkg('doc-1-1'),
          pkg('extra-1-1', { supplements: ['lib'] }),
        ],
        [pkg('lib-1-1', { recommends: ['doc'] })],
      ),
    ).toEqual([]);
  });

  it('are said to be needed when they are', () => {
    const { chains } = wishesOf([
      pkg('app-1-1', { recommends: ['doc'], requires: ['lib'] }),
      pkg('lib-1-1', { requires: ['doc'] }),
      pkg('doc-1-1'),
    ]);
    expect(chains['doc-1-1.noarch']).toContain('requires doc');
  });

  it('may be conditional', () => {
    expect(
      addedTo([
        pkg('app-1-1', {
          requires: ['desktop'],
          recommends: ['(applet if desktop)', '(daemon if server)'],
        }),
        pkg('desktop-1-1'),
        pkg('server-1-1'),
        pkg('applet-1-1'),
        pkg('daemon-1-1'),
      ]),
    ).toEqual(['applet-1-1.noarch', 'desktop-1-1.noarch']);
  });

  it('offer alternatives', () => {
    expect(
      addedTo([
        pkg('app-1-1', { recommends: ['((a and nowhere) or (b and c))'] }),
        pkg('b-1-1'),
        pkg('c-1-1'),
      ]),
    ).toEqual(['b-1-1.noarch', 'c-1-1.noarch']);
  });

  it('bring what supplements a copied package', () => {
    const { added, chains } = wishesOf(
      [
        pkg('app-1-1'),
        pkg('plugin-1-1', { supplements: ['app'] }),
        pkg('plugin-2-1', { supplements: ['(app and lang-de)'] }),
        pkg('words-1-1', { supplements: ['(app and lang-fr)'] }),
      ],
      [pkg('lang-de-1-1')],
    );
    expect(added[0]).toEqual(['plugin-2-1.noarch']);
    expect(chains['plugin-2-1.noarch']).toBe(
      'requested app-1-1.noarch → is supplemented by plugin-2-1.noarch',
    );
  });

  it('bring no build of a supplement for another architecture', () => {
    expect(
      addedTo(
        [
          pkg('app-1-1.x86_64'),
          pkg('plugin-1-1.i686', { supplements: ['app'] }),
          pkg('plugin-1-1.x86_64', { supplements: ['app'] }),
          pkg('plugin-1-1.aarch64', { supplements: ['app'] }),
        ],
        [],
        ['app-1-1.x86_64'],
      ),
    ).toEqual(['plugin-1-1.x86_64']);
  });

  it('never bring a module stream that nobody chose', () => {
    const packages = [
      pkg('app-1-1', { recommends: ['db'] }),
      pkg('db-1-1'),
      pkg('db-2-1'),
    ];
    const modules = [
      module('db:1:1:c0:noarch', { artifacts: ['db-1-1'] }),
      module('db:2:1:c0:noarch', { artifacts: ['db-2-1'] }),
    ];
    expect(addedTo({ packages, modules })).toEqual([]);
    expect(addedTo({ packages, modules, defaultStreams: { db: '1' } })).toEqual(
      ['db-1-1.noarch', 'db:1:1:c0:noarch'],
    );
  });

  it('of sources count for nothing', () => {
    expect(
      addedTo(
        [pkg('app-1-1.src', { recommends: ['doc'] }), pkg('doc-1-1')],
        [],
        ['app-1-1.src'],
      ),
    ).toEqual([]);
  });
});

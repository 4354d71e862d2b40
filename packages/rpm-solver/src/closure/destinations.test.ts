import { copy } from '../__testUtils__/copy';
import { pkg } from '../__testUtils__/packages';

const app = pkg('app-1-1', { requires: ['glibc', 'lib'] });
const lib = pkg('lib-1-1', { requires: ['glibc'] });
const glibc = pkg('glibc-2-1', { requires: ['tzdata'] });
const tzdata = pkg('tzdata-1-1');

describe('a copy between several repositories', () => {
  const pairs = [
    {
      id: 'app',
      source: 'appstream',
      destination: 'our-appstream',
      requested: ['app-1-1'],
    },
    {
      id: 'base',
      source: 'baseos',
      destination: 'our-baseos',
      requested: [],
    },
  ];
  const sources = { appstream: [app, lib], baseos: [glibc, tzdata] };

  it('puts each unit where its source goes', () => {
    const { added, missing, chains } = copy(
      { ...sources, 'our-appstream': [], 'our-baseos': [] },
      pairs,
    );
    expect(added).toEqual({
      app: ['lib-1-1.noarch'],
      base: ['glibc-2-1.noarch', 'tzdata-1-1.noarch'],
    });
    expect(missing).toEqual([]);
    expect(chains['tzdata-1-1.noarch']).toBe(
      'requested app-1-1.noarch → requires glibc → glibc-2-1.noarch → requires tzdata → tzdata-1-1.noarch',
    );
  });

  it('uses what the destination of the other entry holds', () => {
    const { added } = copy(
      { ...sources, 'our-appstream': [], 'our-baseos': [glibc, tzdata] },
      pairs,
    );
    expect(added).toEqual({ app: ['lib-1-1.noarch'], base: [] });
  });

  it('completes what the destination of the other entry holds', () => {
    const { added } = copy(
      { ...sources, 'our-appstream': [], 'our-baseos': [glibc] },
      pairs,
    );
    expect(added.base).toEqual(['tzdata-1-1.noarch']);
  });

  it('is not content with another destination when its own source has the package', () => {
    const { added } = copy(
      {
        one: [app, lib, glibc, tzdata],
        two: [glibc, tzdata],
        'our-one': [],
        'our-two': [lib, glibc, tzdata],
      },
      [
        {
          id: 'one',
          source: 'one',
          destination: 'our-one',
          requested: ['app-1-1'],
        },
        { id: 'two', source: 'two', destination: 'our-two', requested: [] },
      ],
    );
    expect(added).toEqual({
      one: ['glibc-2-1.noarch', 'lib-1-1.noarch', 'tzdata-1-1.noarch'],
      two: [],
    });
  });

  it('plans one source for several destinations, each for itself', () => {
    const { added } = copy(
      {
        source: [app, lib, glibc, tzdata],
        full: [lib, glibc, tzdata],
        empty: [],
        partial: [glibc, tzdata],
      },
      ['full', 'empty', 'partial'].map(destination => ({
        id: destination,
        destination,
        requested: destination === 'partial' ? ['lib-1-1'] : ['app-1-1'],
      })),
    );
    expect(added).toEqual({
      full: [],
      empty: ['glibc-2-1.noarch', 'lib-1-1.noarch', 'tzdata-1-1.noarch'],
      partial: [],
    });
  });

  it('plans entries of one destination together', () => {
    const { added, plan } = copy(
      {
        ...sources,
        extra: [pkg('extra-1-1', { requires: ['lib', 'glibc'] }), glibc],
        ours: [],
      },
      [
        {
          id: 'app',
          source: 'appstream',
          destination: 'ours',
          requested: ['app-1-1', 'lib-1-1'],
        },
        {
          id: 'extra',
          source: 'extra',
          destination: 'ours',
          requested: ['extra-1-1'],
        },
        { id: 'base', source: 'baseos', destination: 'ours', requested: [] },
      ],
    );
    expect(plan.missing).toEqual([]);
    expect(added).toEqual({
      app: [],
      extra: ['glibc-2-1.noarch'],
      base: ['tzdata-1-1.noarch'],
    });
  });

  it('prefers the source of the requirer among equal packages', () => {
    const { added } = copy(
      {
        one: [pkg('web-1-1', { requires: ['db'] })],
        two: [pkg('asql-1-1', { provides: ['db'] })],
        three: [
          pkg('web-2-1', { requires: ['db'] }),
          pkg('bsql-1-1', { provides: ['db'] }),
        ],
        ours: [],
      },
      [
        { id: '1', source: 'one', destination: 'ours', requested: [] },
        { id: '2', source: 'two', destination: 'ours', requested: [] },
        {
          id: '3',
          source: 'three',
          destination: 'ours',
          requested: ['web-2-1'],
        },
      ],
    );
    expect(added).toEqual({ 1: [], 2: [], 3: ['bsql-1-1.noarch'] });
  });

  it('takes the newest of all sources of the destination', () => {
    const { added } = copy(
      { one: [app, lib], two: [pkg('lib-2-1'), glibc, tzdata], ours: [] },
      [
        {
          id: 'one',
          source: 'one',
          destination: 'ours',
          requested: ['app-1-1'],
        },
        { id: 'two', source: 'two', destination: 'ours', requested: [] },
      ],
    );
    expect(added).toEqual({
      one: [],
      two: ['glibc-2-1.noarch', 'lib-2-1.noarch', 'tzdata-1-1.noarch'],
    });
  });

  it('serves a machine for each destination', () => {
    const any = pkg('any-1-1', { requires: ['lib'] });
    const { added, missing } = copy(
      {
        source: [any, pkg('lib-1-1.x86_64'), pkg('lib-1-1.aarch64')],
        intel: [],
        arm: [],
      },
      [
        {
          id: 'intel',
          destination: 'intel',
          architecture: 'x86_64',
          requested: ['any-1-1'],
        },
        {
          id: 'arm',
          destination: 'arm',
          architecture: 'aarch64',
          requested: ['any-1-1'],
        },
      ],
    );
    expect(added).toEqual({
      intel: ['lib-1-1.x86_64'],
      arm: ['lib-1-1.aarch64'],
    });
    expect(missing).toEqual([]);
  });
});

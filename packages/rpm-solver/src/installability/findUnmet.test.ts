import fc from 'fast-check';
import { worlds } from '../__testUtils__/arbitraries';
import { toRepositories } from '../__testUtils__/copy';
import { closedPart } from '../__testUtils__/naive';
import { pkg, unitOf } from '../__testUtils__/packages';
import { buildPool } from '../pool/PoolBuilder';
import { findUnmet, isInstallable } from './findUnmet';

const pool = buildPool(
  toRepositories({
    app: [
      pkg('a-1-1', { requires: ['b', 'nowhere', 'also-nowhere'] }),
      pkg('b-1-1', { requires: ['c', 'glibc'] }),
      pkg('c-1-1', { requires: ['b'] }),
      pkg('d-1-1', { requires: ['a'] }),
      pkg('e-1-1', { requires: ['(a if b)'] }),
      pkg('f-1-1.src', { requires: ['nowhere'] }),
      pkg('g-1-1', { requires: ['(nowhere if g)'] }),
      pkg('h-1-1', { requires: ['(b unless (h and b))'] }),
      pkg('i-1-1', { requires: ['(b unless (i or z) else nowhere)'] }),
    ],
    base: [pkg('glibc-1-1')],
  }),
);

describe('findUnmet', () => {
  it('lists what repositories cannot meet together', () => {
    expect(
      findUnmet(pool, ['app', 'base']).map(({ label, requirements }) => [
        label,
        requirements,
      ]),
    ).toEqual([
      ['a-1-1.noarch', ['also-nowhere', 'nowhere']],
      ['d-1-1.noarch', ['a']],
      ['g-1-1.noarch', ['(nowhere if g)']],
      ['i-1-1.noarch', ['(b unless (i or z) else nowhere)']],
    ]);
  });

  it('uses no other repository', () => {
    expect(findUnmet(pool, ['app']).map(({ label }) => label)).toEqual([
      'a-1-1.noarch',
      'b-1-1.noarch',
      'c-1-1.noarch',
      'd-1-1.noarch',
      'g-1-1.noarch',
      'h-1-1.noarch',
      'i-1-1.noarch',
    ]);
    expect(findUnmet(pool, ['base'])).toEqual([]);
  });

  it('looks at what sources are built with only when asked', () => {
    expect(
      findUnmet(pool, ['app', 'base'], { sourceRequires: true }),
    ).toContainEqual({
      unit: unitOf('f-1-1.src'),
      label: 'f-1-1.src',
      requirements: ['nowhere'],
    });
  });

  it('judges for one machine when asked', () => {
    const mixed = buildPool([
      {
        key: 'mixed',
        packages: [pkg('a-1-1', { requires: ['lib'] }), pkg('lib-1-1.aarch64')],
      },
    ]);
    const unmet = (architecture?: string) =>
      findUnmet(mixed, ['mixed'], { architecture }).map(({ label }) => label);
    expect(unmet()).toEqual([]);
    expect(unmet('aarch64')).toEqual([]);
    expect(unmet('x86_64')).toEqual(['a-1-1.noarch']);
  });

  it('agrees with the definition', () => {
    fc.assert(
      fc.property(worlds(1, { conditions: false }), ({ sources }) => {
        const [packages] = sources;
        const closed = closedPart(packages).map(({ unit }) => unit);
        const small = buildPool([{ key: 'all', packages }]);
        const unmet = findUnmet(small, ['all']).map(({ unit }) => unit);
        for (const { unit } of packages) {
          const isClosed = closed.includes(unit);
          expect(unmet.includes(unit)).toBe(!isClosed);
          expect(isInstallable(small, unit, ['all'])).toBe(isClosed);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('isInstallable', () => {
  it('is about packages that the repositories hold', () => {
    expect(isInstallable(pool, unitOf('b-1-1'), ['app', 'base'])).toBe(true);
    expect(isInstallable(pool, unitOf('glibc-1-1'), ['app'])).toBe(false);
    expect(isInstallable(pool, unitOf('unheard-of-1-1'), ['app'])).toBe(false);
  });
});

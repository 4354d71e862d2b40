import { formatRelation } from '@rpmportal/rpm-format';
import fc from 'fast-check';
import { worlds } from '../__testUtils__/arbitraries';
import { fitTogether, isInstallable } from '../__testUtils__/naive';
import { module, pkg, unitOf } from '../__testUtils__/packages';
import { buildPool } from '../pool/PoolBuilder';
import type { ModuleRecord, PackageRecord } from '../pool/records';
import { Installability } from './Installability';

/** Prefers what comes first. */
const compare = (a: number, b: number) => a - b;

function installable(
  packages: PackageRecord[],
  options: { modules?: ModuleRecord[]; architecture?: string } = {},
): (nevra: string | number) => boolean {
  const { modules = [], architecture } = options;
  const pool = buildPool([{ key: 'all', packages, modules }]);
  const source = { ...pool.repository('all'), architecture };
  const installability = new Installability(pool, source, { compare });
  return nevra => {
    const unit = typeof nevra === 'number' ? nevra : unitOf(nevra);
    return installability.isInstallable(pool.packageOf(unit)!);
  };
}

describe('Installability', () => {
  it('finds packages that cannot have all they need at once', () => {
    const can = installable([
      pkg('app-1-1', { requires: ['front', 'back'] }),
      pkg('front-1-1', { requires: ['lib = 1'] }),
      pkg('back-1-1', { requires: ['lib = 2'] }),
      pkg('back-2-1', { requires: ['lib'] }),
      pkg('lib-1-1'),
      pkg('lib-2-1'),
      pkg('strict-1-1', { requires: ['front', 'back = 1'] }),
    ]);
    expect(can('app-1-1')).toBe(true);
    expect(can('strict-1-1')).toBe(false);
    expect(can('lib-1-1')).toBe(true);
    expect(can('lib-2-1')).toBe(true);
  });

  it('heeds conditions that come true by what else is needed', () => {
    const can = installable([
      pkg('a-1-1', { requires: ['(nowhere if b)', 'c'] }),
      pkg('b-1-1'),
      pkg('c-1-1', { requires: ['b'] }),
      pkg('d-1-1', { requires: ['(nowhere if b)'] }),
      pkg('e-1-1', { requires: ['(b unless c)'] }),
      pkg('f-1-1', { requires: ['(nowhere if b else c)'] }),
      pkg('g-1-1', { conflicts: ['(b and c)'], requires: ['b'] }),
      pkg('h-1-1', { conflicts: ['(b and c)'], requires: ['c'] }),
    ]);
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    expect(all.filter(name => can(`${name}-1-1`))).toEqual([
      'b',
      'c',
      'd',
      'e',
      'g',
    ]);
  });

  it('takes one stream of each module, and modular packages only with theirs', () => {
    const can = installable(
      [
        pkg('js-10-1', {}),
        pkg('js-12-1', {}),
        pkg('app-1-1', { requires: ['js = 10'] }),
        pkg('both-1-1', { requires: ['js = 10', 'tool'] }),
        pkg('tool-1-1', {}),
      ],
      {
        modules: [
          module('node:10:1:aa:noarch', { artifacts: ['js-10-1'] }),
          module('node:12:1:aa:noarch', { artifacts: ['js-12-1', 'tool-1-1'] }),
        ],
      },
    );
    expect(can('app-1-1')).toBe(true);
    expect(can('both-1-1')).toBe(false);
    expect(can('js-10-1')).toBe(true);
    expect(can('tool-1-1')).toBe(true);
  });

  it('judges for the machine', () => {
    const packages = [
      pkg('a-1-1', { requires: ['lib'] }),
      pkg('lib-1-1.aarch64'),
    ];
    expect(installable(packages, { architecture: 'aarch64' })('a-1-1')).toBe(
      true,
    );
    expect(installable(packages, { architecture: 'x86_64' })('a-1-1')).toBe(
      false,
    );
  });

  it.each([{ conditions: false }, { conditions: true }])(
    'agrees with trying every set of packages; conditions $conditions',
    options => {
      fc.assert(
        fc.property(worlds(1, options), ({ universe }) => {
          const packages = universe.slice(0, 9);
          const can = installable(packages);
          for (const one of packages) {
            expect([one.unit, can(one.unit)]).toEqual([
              one.unit,
              isInstallable(one, packages),
            ]);
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  it('finds sets that fit together and contain what was asked for', () => {
    fc.assert(
      fc.property(worlds(1, { conditions: true }), ({ universe }) => {
        const packages = universe.slice(0, 9);
        const pool = buildPool([{ key: 'all', packages }]);
        const source = pool.repository('all');
        const installability = new Installability(pool, source, { compare });
        for (const one of packages) {
          const found = installability.findInstallation(
            pool.packageOf(one.unit)!,
          );
          const installed = found?.map(
            id => packages.find(({ unit }) => unit === pool.columns.units[id])!,
          );
          expect(installed !== undefined).toBe(isInstallable(one, packages));
          if (installed) {
            expect(installed[0]).toBe(one);
            expect(fitTogether(installed)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds the fewest requirements that keep a package from being installed', () => {
    fc.assert(
      fc.property(worlds(1, { conditions: true }), ({ universe }) => {
        const packages = universe.slice(0, 9);
        const pool = buildPool([{ key: 'all', packages }]);
        const source = pool.repository('all');
        const installability = new Installability(pool, source, { compare });
        const { starts, values } = pool.columns.requires;
        for (const one of packages) {
          const id = pool.packageOf(one.unit)!;
          if (installability.isInstallable(id)) continue;
          const texts = installability
            .findCulprits(id, [...values.subarray(starts[id], starts[id + 1])])
            .map(each => pool.requirementText(each));
          const canWith = (kept: string[]) => {
            const relieved = {
              ...one,
              requires: one.requires.filter(each =>
                kept.includes(formatRelation(each)),
              ),
            };
            return isInstallable(
              relieved,
              packages.map(each => (each === one ? relieved : each)),
            );
          };
          expect(canWith(texts)).toBe(false);
          for (const left of texts) {
            expect(canWith(texts.filter(each => each !== left))).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

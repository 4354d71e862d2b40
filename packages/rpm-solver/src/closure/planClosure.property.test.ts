import fc from 'fast-check';
import { worlds, type World } from '../__testUtils__/arbitraries';
import {
  closedPart,
  isInstallable,
  isMet,
  parse,
  provides,
} from '../__testUtils__/naive';
import { chainOf } from '../explanation/describeChain';
import { formatRelation } from '@rpmportal/rpm-format';
import { buildPool } from '../pool/PoolBuilder';
import type { PackageRecord } from '../pool/records';
import { planClosure } from './planClosure';
import type { ClosurePlan } from './plan';

const RUNS = { numRuns: 200 };

function plan(world: World, dependencyUpgrade = false): ClosurePlan {
  const pool = buildPool([
    ...world.sources.map((packages, i) => ({ key: `s${i}`, packages })),
    ...world.destinations.map((packages, i) => ({ key: `d${i}`, packages })),
  ]);
  return planClosure(pool, {
    dependencyUpgrade,
    entries: world.requested.map((requested, i) => ({
      id: `e${i}`,
      source: `s${i}`,
      destination: `d${i}`,
      requested,
    })),
  });
}

const byUnit = (world: World, unit: number) =>
  world.universe.find(one => one.unit === unit)!;

/** By entry, what is asked for and what comes along. */
function copied(world: World, result: ClosurePlan): PackageRecord[][] {
  return result.entries.map(({ added }, i) =>
    [...world.requested[i], ...added.map(({ unit }) => unit)].map(unit =>
      byUnit(world, unit),
    ),
  );
}

function everythingAfter(world: World, result: ClosurePlan): PackageRecord[] {
  return [...world.destinations.flat(), ...copied(world, result).flat()];
}

function shuffled<T>(items: readonly T[], keys: readonly number[]): T[] {
  return items
    .map((item, i) => ({ item, key: keys[i % keys.length] * (i + 1) }))
    .sort((a, b) => (a.key % 97) - (b.key % 97))
    .map(({ item }) => item);
}

describe.each([
  { pairs: 1, upgrade: false },
  { pairs: 1, upgrade: true },
  { pairs: 2, upgrade: false },
  { pairs: 3, upgrade: true },
])(
  'planClosure for $pairs pairs of repositories, upgrade $upgrade',
  ({ pairs, upgrade }) => {
    it.each([{ conditions: false }, { conditions: true }])(
      'meets every requirement of what is copied, or names it; conditions $conditions',
      options => {
        fc.assert(
          fc.property(worlds(pairs, options), world => {
            const result = plan(world, upgrade);
            const after = everythingAfter(world, result);
            const everything = [
              ...world.sources.flat(),
              ...world.destinations.flat(),
            ];
            const named = new Set(
              result.missing.map(
                ({ unit, requirement }) => `${unit} ${requirement}`,
              ),
            );
            for (const one of copied(world, result).flat()) {
              for (const relation of one.requires) {
                const tree = parse(relation);
                const text = `${one.unit} ${formatRelation(relation)}`;
                if (!named.has(text) && !isMet(one, tree, after)) {
                  // A package stays installable without the condition that it cannot bear.
                  expect(tree.op).toBe('if');
                  expect(
                    tree.op === 'if' && isMet(one, tree.then, everything),
                  ).toBe(false);
                }
              }
            }
          }),
          RUNS,
        );
      },
    );

    it('takes units only from the source of the entry, and none twice', () => {
      fc.assert(
        fc.property(worlds(pairs, { conditions: true }), world => {
          const result = plan(world, upgrade);
          result.entries.forEach(({ added }, i) => {
            const units = added.map(({ unit }) => unit);
            const offered = world.sources[i].map(({ unit }) => unit);
            const there = [
              ...world.destinations[i].map(({ unit }) => unit),
              ...world.requested[i],
            ];
            expect(offered).toEqual(expect.arrayContaining(units));
            expect(units.filter(unit => there.includes(unit))).toEqual([]);
            expect(new Set(units).size).toBe(units.length);
          });
        }),
        RUNS,
      );
    });

    it.each([{ conditions: false }, { conditions: true }])(
      'keeps all that is copied installable, if anything can; conditions $conditions',
      ({ conditions }) => {
        const small = { conditions, packages: 9 };
        fc.assert(
          fc.property(worlds(pairs, small), world => {
            const result = plan(world, upgrade);
            const after = [...new Set(everythingAfter(world, result))];
            const everything = world.universe.filter(one =>
              [...world.sources, ...world.destinations].some(all =>
                all.includes(one),
              ),
            );
            const missing = result.missing.map(({ unit }) => unit);
            for (const one of copied(world, result).flat()) {
              if (isInstallable(one, everything)) {
                expect([one.unit, isInstallable(one, after)]).toEqual([
                  one.unit,
                  true,
                ]);
                expect(missing).not.toContain(one.unit);
              } else {
                expect(missing).not.toEqual([]);
              }
            }
          }),
          { numRuns: 100 },
        );
      },
    );

    it('gives true reasons', () => {
      fc.assert(
        fc.property(worlds(pairs, { conditions: false }), world => {
          const result = plan(world, upgrade);
          const ends = [
            ...result.entries.flatMap(({ added }) => added),
            ...result.missing,
          ];
          for (const { unit, step } of ends) {
            const chain = chainOf(result, step);
            expect(chain[0].reason).toBe('requested');
            expect(chain.at(-1)!.unit).toBe(unit);
            chain.slice(1).forEach((link, i) => {
              const requirer = byUnit(world, chain[i].unit);
              const relation = requirer.requires.find(
                one => formatRelation(one) === link.requirement,
              )!;
              expect(relation).toBeDefined();
              const provider = byUnit(world, link.unit);
              expect(
                relation.name.startsWith('(') || provides(provider, relation),
              ).toBe(true);
            });
          }
        }),
        RUNS,
      );
    });

    it('does not depend on the order of anything', () => {
      fc.assert(
        fc.property(
          worlds(pairs, { conditions: true }),
          fc.array(fc.nat(1000), { minLength: 5, maxLength: 9 }),
          (world, keys) => {
            const reorder = (packages: PackageRecord[]) =>
              shuffled(packages, keys).map(one => ({
                ...one,
                requires: shuffled(one.requires, keys),
                provides: shuffled(one.provides, keys),
              }));
            const other: World = {
              universe: world.universe,
              sources: world.sources.map(reorder),
              destinations: world.destinations.map(reorder),
              requested: world.requested.map(units => shuffled(units, keys)),
            };
            expect(plan(other, upgrade)).toEqual(plan(world, upgrade));
          },
        ),
        RUNS,
      );
    });
  },
);

describe.each([1, 2])('planClosure for %d pairs', pairs => {
  it('takes nothing along for what destinations keep installable already', () => {
    fc.assert(
      fc.property(worlds(pairs, { conditions: false, packages: 9 }), world => {
        const destinations = world.destinations.map(held =>
          held.filter(one => isInstallable(one, closedPart(held))),
        );
        const requested = destinations.map((held, i) =>
          held
            .filter(
              one => world.sources[i].includes(one) && isInstallable(one, held),
            )
            .map(({ unit }) => unit),
        );
        const { entries, missing } = plan({
          ...world,
          destinations,
          requested,
        });
        expect(entries.flatMap(({ added }) => added)).toEqual([]);
        expect(missing).toEqual([]);
      }),
      RUNS,
    );
  });
});

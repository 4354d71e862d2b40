import fc from 'fast-check';
import { fitTogether } from '../__testUtils__/naive';
import { pkg } from '../__testUtils__/packages';
import { buildPool } from '../pool/PoolBuilder';
import type { PackageRecord } from '../pool/records';
import { planClosure } from './planClosure';

/**
 * The four selections for which a solver that takes repositories for installed systems drops what is
 * needed: each in a random repository, whose packages can all be installed by construction.
 */
interface Shape {
  source: PackageRecord[];
  destination: PackageRecord[];
  requested: PackageRecord[];
  upgrade?: boolean;
  /** Sets that have to be installable from the destination in the end, each by itself. */
  installable: PackageRecord[][];
}

const RUNS = { numRuns: 100 };
const VERSIONS = [1, 2, 3];

/** Versions 1 to 3 of libraries that need only libraries behind them, of the same version. */
const libraries = fc
  .array(fc.subarray([1, 2, 3, 4]), { minLength: 4, maxLength: 4 })
  .map(needs =>
    VERSIONS.map(version =>
      needs.map((steps, i) =>
        pkg(`lib${i}-${version}-1`, {
          provides: [`lib${i}.so.${version}`],
          requires: steps
            .filter(step => i + step < needs.length)
            .map(step => `lib${i + step}.so.${version}`),
        }),
      ),
    ),
  );

/** What a package needs of them: the first library of a version. */
const needs = (version: number) => `lib0.so.${version}`;

/** A package with everything that it needs, directly or not. */
function withNeeds(
  one: PackageRecord,
  all: readonly PackageRecord[],
): PackageRecord[] {
  const set = [one];
  for (const member of set) {
    for (const { name } of member.requires) {
      const provider = all.find(
        other =>
          other.name === name ||
          other.provides.some(provided => provided.name === name),
      )!;
      if (!set.includes(provider)) set.push(provider);
    }
  }
  return set;
}

/** What is missing after the copy: as the plan says, and in truth. */
function shortcomings({
  source,
  destination,
  requested,
  upgrade,
  installable,
}: Shape) {
  const plan = planClosure(
    buildPool([
      { key: 'source', packages: source },
      { key: 'destination', packages: destination },
    ]),
    {
      dependencyUpgrade: upgrade,
      entries: [
        {
          id: '0',
          source: 'source',
          destination: 'destination',
          requested: requested.map(({ unit }) => unit),
        },
      ],
    },
  );
  const after = new Set([
    ...destination.map(({ unit }) => unit),
    ...requested.map(({ unit }) => unit),
    ...plan.entries[0].added.map(({ unit }) => unit),
  ]);
  return {
    told: plan.missing,
    true: installable.filter(
      set => !fitTogether(set) || set.some(({ unit }) => !after.has(unit)),
    ),
  };
}

const NONE = { told: [], true: [] };

const versions = fc.uniqueArray(fc.constantFrom(...VERSIONS), {
  minLength: 2,
  maxLength: 3,
});

describe('a copy is complete', () => {
  it('when several versions of one package are selected', () => {
    fc.assert(
      fc.property(libraries, versions, (built, chosen) => {
        const libs = built.flat();
        const apps = chosen.map(version =>
          pkg(`app-${version}-1`, { requires: [needs(version)] }),
        );
        expect(
          shortcomings({
            source: [...libs, ...apps],
            destination: [],
            requested: apps,
            installable: apps.map(app => withNeeds(app, libs)),
          }),
        ).toEqual(NONE);
      }),
      RUNS,
    );
  });

  it('when the destination holds another version than what is needed', () => {
    fc.assert(
      fc.property(
        libraries,
        versions,
        fc.boolean(),
        (built, [wanted, ...held], upgrade) => {
          const libs = built.flat();
          const destination = held.flatMap(version => built[version - 1]);
          const users = held.map(version =>
            pkg(`user${version}-1-1`, { requires: [needs(version)] }),
          );
          const app = pkg('app-1-1', { requires: [needs(wanted)] });
          expect(
            shortcomings({
              source: [...libs, app],
              destination: [...destination, ...users],
              requested: [app],
              upgrade,
              installable: [app, ...users].map(one => withNeeds(one, libs)),
            }),
          ).toEqual(NONE);
        },
      ),
      RUNS,
    );
  });

  it('when selected packages need different versions of a library', () => {
    fc.assert(
      fc.property(
        libraries,
        versions,
        fc.boolean(),
        (built, chosen, upgrade) => {
          const libs = built.flat();
          const apps = chosen.map(version =>
            pkg(`app${version}-1-1`, { requires: [needs(version)] }),
          );
          const top = pkg('top-1-1', { requires: [apps[0].name] });
          expect(
            shortcomings({
              source: [...libs, ...apps, top],
              destination: [],
              requested: [...apps, top],
              upgrade,
              installable: [...apps, top].map(one =>
                withNeeds(one, [...libs, ...apps]),
              ),
            }),
          ).toEqual(NONE);
        },
      ),
      RUNS,
    );
  });

  it('when a library is upgraded that the destination has an old user of', () => {
    fc.assert(
      fc.property(
        libraries,
        versions,
        fc.boolean(),
        (built, chosen, upgrade) => {
          const [old, ...others] = [...chosen].sort();
          const libs = built.flat();
          const user = pkg('user-1-1', { requires: [needs(old)] });
          const [newer] = built[others[0] - 1];
          expect(
            shortcomings({
              source: libs,
              destination: [...built[old - 1], user],
              requested: [newer],
              upgrade,
              installable: [withNeeds(user, libs), withNeeds(newer, libs)],
            }),
          ).toEqual(NONE);
        },
      ),
      RUNS,
    );
  });
});

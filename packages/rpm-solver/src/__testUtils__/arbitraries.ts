import fc from 'fast-check';
import type { PackageRecord } from '../pool/records';
import { type PackageTexts, pkg } from './packages';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const CAPABILITIES = ['x', 'y', '/bin/z'];

const simple = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 2, arbitrary: fc.constantFrom(...CAPABILITIES) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...NAMES),
        fc.constantFrom('=', '<', '>', '<=', '>='),
        fc.integer({ min: 1, max: 3 }),
      )
      .map(parts => parts.join(' ')),
  },
  { weight: 1, arbitrary: fc.constant('nowhere') },
);

/** Rich dependencies without conditions. */
const unconditional = fc.oneof(
  fc.tuple(simple, fc.constantFrom('and', 'or'), simple),
  fc.tuple(
    fc.constantFrom('a', 'b', 'x'),
    fc.constantFrom('with', 'without'),
    fc.constantFrom('a >= 2', 'b < 3', 'y'),
  ),
);

const conditional = fc.tuple(simple, fc.constant('if'), simple);

function requirements(conditions: boolean): fc.Arbitrary<string> {
  const rich = conditions
    ? fc.oneof(unconditional, conditional)
    : unconditional;
  return fc.oneof(
    { weight: 5, arbitrary: simple },
    { weight: 1, arbitrary: rich.map(parts => `(${parts.join(' ')})`) },
  );
}

function packages(conditions: boolean): fc.Arbitrary<PackageRecord> {
  const texts: fc.Arbitrary<PackageTexts> = fc.record({
    provides: fc.array(fc.constantFrom('x', 'y', 'x = 2'), { maxLength: 1 }),
    requires: fc.array(requirements(conditions), { maxLength: 3 }),
    conflicts: fc.array(simple, { maxLength: 1 }),
    obsoletes: fc.array(
      fc.constantFrom(...NAMES).map(name => `${name} < 2`),
      { maxLength: 1 },
    ),
    files: fc.array(fc.constant('/bin/z'), { maxLength: 1 }),
  });
  return fc
    .tuple(
      fc.constantFrom(...NAMES),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('noarch', 'x86_64', 'x86_64', 'i686', 'aarch64'),
      texts,
    )
    .map(([name, version, arch, rest]) =>
      pkg(`${name}-${version}-1.${arch}`, rest),
    );
}

/** What a property is about: packages that are all different, in one or more repositories. */
export interface World {
  universe: PackageRecord[];
  /** By repository, its packages. */
  sources: PackageRecord[][];
  destinations: PackageRecord[][];
  /** By source, the units asked for. */
  requested: number[][];
}

/**
 * @param pairs - how many pairs of source and destination
 * @param options - `packages`: how many there are at most
 */
export function worlds(
  pairs: number,
  options: { conditions: boolean; packages?: number },
): fc.Arbitrary<World> {
  return fc
    .uniqueArray(packages(options.conditions), {
      selector: ({ unit }) => unit,
      minLength: 1,
      maxLength: options.packages ?? 16,
    })
    .chain(universe => {
      const part = fc
        .array(fc.boolean(), {
          minLength: universe.length,
          maxLength: universe.length,
        })
        .map(flags => universe.filter((_, i) => flags[i]));
      const parts = fc.array(part, { minLength: pairs, maxLength: pairs });
      return fc.tuple(parts, parts, parts).map(([sources, held, wanted]) => ({
        universe,
        sources,
        destinations: held,
        requested: sources.map((source, i) =>
          source
            .filter(one => wanted[i].includes(one))
            .slice(0, 3)
            .map(({ unit }) => unit),
        ),
      }));
    });
}

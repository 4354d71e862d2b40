import fc from 'fast-check';
import type { ExaminedCopy } from '../../oracle/__testUtils__/MachinePlan';
import type { ReadRepository } from './readRepository';

/** One pair of a copy, as it is drawn: repositories by position, and shares of what they hold. */
interface DrawnPair {
  source: number;
  offered: number;
  destination: number;
  held: number;
  salt: number;
  requested: number[];
}

/** How a copy between parts of real repositories is drawn. */
export interface DrawnCopy {
  pairs: DrawnPair[];
  options: Pick<
    ExaminedCopy['options'],
    'dependencyUpgrade' | 'weakDependencies'
  >;
}

export function drawnCopies(repositories: number): fc.Arbitrary<DrawnCopy> {
  const repository = fc.nat({ max: repositories - 1 });
  const drawn = (max: number) =>
    fc.array(fc.nat({ max: 2 ** 30 }), { minLength: 1, maxLength: max });
  const pair = fc.record({
    source: repository,
    offered: fc.constantFrom(1, 1, 1, 0.9, 0.5),
    destination: repository,
    held: fc.constantFrom(0, 0.02, 0.2, 0.6, 1),
    salt: fc.nat({ max: 2 ** 30 }),
    requested: fc.oneof(drawn(1), drawn(10), drawn(60)),
  });
  return fc.record({
    pairs: fc.array(pair, { minLength: 1, maxLength: 3, size: 'max' }),
    options: fc.record({
      dependencyUpgrade: fc.boolean(),
      weakDependencies: fc.boolean(),
    }),
  });
}

/** What a drawn copy is about. A unit is always in the same shares of one salt. */
export function toCopy(
  { pairs, options }: DrawnCopy,
  repositories: readonly ReadRepository[],
): Pick<ExaminedCopy, 'sources' | 'destinations' | 'requested' | 'options'> {
  const unitsOf = ({ packages, modules }: ReadRepository) =>
    [...packages, ...modules].map(({ unit }) => unit);
  const share = (of: number, part: number, salt: number) =>
    unitsOf(repositories[of]).filter(unit => hash(unit, salt) < part * 2 ** 32);
  const sources = pairs.map(({ source, offered, salt }) =>
    share(source, offered, salt),
  );
  return {
    sources,
    destinations: pairs.map(({ destination, held, salt }) =>
      share(destination, held, salt + 1),
    ),
    requested: pairs.map(({ requested }, i) => [
      ...new Set(
        sources[i].length === 0
          ? []
          : requested.map(draw => sources[i][draw % sources[i].length]),
      ),
    ]),
    options: { ...options, architectures: ['x86_64'] },
  };
}

function hash(unit: number, salt: number): number {
  let mixed = Math.imul(unit ^ (salt * 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

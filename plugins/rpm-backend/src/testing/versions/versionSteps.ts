import fc from 'fast-check';
import { MODEL_UNITS } from './modelUnits';

const NAMES = Object.keys(MODEL_UNITS);

const some = fc.subarray(NAMES, { maxLength: 5 });
const place = { repository: fc.nat(1) };
const index = fc.nat(20);

/** One thing that happens to one of two repositories, or to both. */
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('modify' as const),
      ...place,
      add: some,
      remove: fc.oneof(
        { weight: 6, arbitrary: some },
        { weight: 1, arbitrary: fc.constant('*' as const) },
      ),
      base: fc.option(fc.record({ from: fc.nat(1), index }), {
        nil: undefined,
        freq: 3,
      }),
      overwrite: fc.oneof(
        { weight: 4, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('upload' as const),
      ...place,
      unit: fc.constantFrom(...NAMES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('rollback' as const),
      ...place,
      index,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      ...place,
      index,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('settings' as const),
      ...place,
      // One version is where the rules meet most often.
      keepPackages: fc.constantFrom(0, 1, 1, 2),
      keepVersions: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('serve' as const),
      ...place,
      index: fc.option(index, { nil: undefined, freq: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('prune' as const), ...place }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('clean up' as const), ...place }),
  },
);

/** What happens to two repositories, one thing after the other. */
export const versionSteps = fc.array(step, { minLength: 1, maxLength: 12 });

export type VersionStep = typeof step extends fc.Arbitrary<infer T> ? T : never;

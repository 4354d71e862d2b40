import fc from 'fast-check';
import { faultsOf } from './__testUtils__/faults';
import { LibsolvOracle } from './__testUtils__/LibsolvOracle';
import { oracleWorlds } from './__testUtils__/worlds';

const SEED = 20261121;
/** Of each number of pairs; 10,000 and more are for `npm run soak`. */
const RUNS = 160;
const TIMEOUT = 180_000;

/** Under CI, which installs it, its absence is a failure. */
const isAsked = LibsolvOracle.isAvailable() || Boolean(process.env.CI);
const [describeOracle, title] = isAsked
  ? [describe, 'libsolv']
  : [describe.skip, 'libsolv (skipped: python3-solv is not installed)'];

describeOracle(title, () => {
  const oracle = new LibsolvOracle();
  afterAll(() => oracle.stop());

  it.each([1, 2])(
    'can install whatever a plan for %d pairs brings, if it can be installed at all, and needs all of it',
    async pairs => {
      await fc.assert(
        fc.asyncProperty(oracleWorlds(pairs), async world => {
          expect(await faultsOf(world, oracle)).toEqual([]);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
    TIMEOUT,
  );
});

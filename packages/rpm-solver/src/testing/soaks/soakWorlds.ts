import fc from 'fast-check';
import { faultsOf, planOf } from '../../oracle/__testUtils__/faults';
import type { LibsolvOracle } from '../../oracle/__testUtils__/LibsolvOracle';
import { oracleWorlds } from '../../oracle/__testUtils__/worlds';
import { newTally, type Tally } from './Tally';

/** As many worlds as come of one seed. */
const BATCH = 100;

/** How large worlds are at most; in turn, by seed. */
const SIZES = [24, 10, 24, 48];

/** Copies between random repositories. Worlds of one seed are alike in the number of repositories. */
export async function soakWorlds(
  oracle: LibsolvOracle,
  { runs, seed }: { runs: number; seed: number },
  onProgress: (tally: Tally) => void,
): Promise<Tally> {
  const tally = newTally();
  const start = Date.now();
  for (let batch = 0; batch * BATCH < runs; batch++) {
    const pairs = 1 + (batch % 3);
    const worlds = fc.sample(oracleWorlds(pairs, SIZES[batch % SIZES.length]), {
      seed: seed + batch,
      numRuns: Math.min(BATCH, runs - batch * BATCH),
    });
    for (const [copy, world] of worlds.entries()) {
      const plan = planOf(world);
      tally.copies++;
      tally.requested += world.requested.flat().length;
      tally.added += plan.entries.flatMap(({ added }) => added).length;
      tally.missing += plan.missing.length;
      const faults = await faultsOf(world, oracle);
      if (faults.length > 0) {
        tally.differences.push({ seed: seed + batch, copy, pairs, faults });
      }
    }
    tally.seconds = Math.round((Date.now() - start) / 1000);
    onProgress(tally);
  }
  return tally;
}

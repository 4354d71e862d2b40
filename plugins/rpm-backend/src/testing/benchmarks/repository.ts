import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { Replica } from '../replica/Replica';
import { withEngines, type Engine } from './engines';
import { writeReport } from './report';
import {
  measureChanges,
  measureDeletion,
  measureRetention,
  measureSwap,
  measureWhole,
} from './repository/measureChanges';
import {
  measureDiffs,
  measureDiffsAcross,
  measureLists,
  measureVersionLists,
} from './repository/measureReads';
import { Meter, type Measurement } from './repository/Meter';
import { populate, SIZES, type Populated } from './repository/populate';
import { SyntheticContent } from './repository/SyntheticContent';

const SEED = 20_261_121;

/** Milliseconds of processor time for which nobody may have to wait. */
const LONGEST_PAUSE = 50;

async function measureOrdinary(
  meter: Meter,
  populated: Populated,
): Promise<void> {
  const { ordinary, near, updated, foreign, long } = populated;
  const changed = await measureChanges(meter, ordinary, populated);
  await measureDiffs(meter, changed);
  const across = [
    [near, `${SIZES.changed} rebuilt`],
    [updated, 'half of the packages updated'],
    [foreign, 'all packages different'],
  ] as const;
  for (const [other, what] of across) {
    await measureDiffsAcross(meter, changed, other, what);
  }
  await measureVersionLists(meter, long);
  await measureSwap(meter, ordinary, foreign);
  await measureDeletion(meter, changed);
  await measureRetention(meter, near, populated, { retain_repo_versions: 3 });
  await measureRetention(meter, updated, populated, {
    retain_package_versions: 4,
  });
}

async function measureLarge(meter: Meter, populated: Populated): Promise<void> {
  const { large } = populated;
  const changed = await measureChanges(meter, large, populated);
  await measureDiffs(meter, changed);
  const name = new SyntheticContent(SEED).package(SIZES.ordinary).name;
  await measureLists(meter, `${large}versions/1/`, SIZES.large, name);
  await measureDeletion(meter, changed);
  await measureWhole(meter, large, populated);
}

async function measureEngine(
  engine: Engine,
  populated: Populated,
): Promise<{ engine: string; measurements: Measurement[] }> {
  const storage = await mkdtemp(join(tmpdir(), 'rpm-bench-'));
  const replica = await Replica.start({
    database: engine.databaseOf('repository'),
    rpm: { storage: { path: storage } },
  });
  try {
    const ordinary = new Meter({ replica, packages: SIZES.ordinary });
    await measureOrdinary(ordinary, populated);
    const large = new Meter({ replica, packages: SIZES.large });
    await measureLarge(large, populated);
    return {
      engine: `${engine.name} ${engine.version}`,
      measurements: [...ordinary.measurements(), ...large.measurements()],
    };
  } finally {
    await replica.stop();
    await rm(storage, { recursive: true, force: true });
  }
}

/** @returns what does not hold, one sentence each */
function judge(engine: string, measurements: readonly Measurement[]): string[] {
  return measurements.flatMap(each => {
    const { what, packages, kept, budget, longestPause } = each;
    const place = `${what} (${packages} packages, ${engine})`;
    return [
      kept === false && `${place} takes more than ${budget} ms`,
      longestPause > LONGEST_PAUSE && `${place} pauses ${longestPause} ms`,
    ].filter(text => text !== false);
  });
}

async function main(): Promise<void> {
  await withEngines(async engines => {
    const content = new SyntheticContent(SEED);
    const populated = await Promise.all(
      engines.map(engine => populate(engine.databaseOf('repository'), content)),
    );
    const results = [];
    for (const [index, engine] of engines.entries()) {
      const result = await measureEngine(engine, populated[index]);
      console.log(result.engine);
      console.table(
        result.measurements.map(({ request, task, ...each }) => ({
          what: each.what,
          packages: each.packages,
          request: request.median,
          task: task?.median,
          p95: request.p95 + (task?.p95 ?? 0),
          budget: each.budget,
          pause: each.longestPause,
          MB: each.peakMemoryMB,
        })),
      );
      results.push(result);
    }
    await writeReport('repository', {
      benchmark:
        'repository: changes, comparisons and lists through the service, in milliseconds',
      // Nothing else offers these operations on such data in the same run.
      peer: null,
      seed: SEED,
      sizes: SIZES,
      longestPauseAllowed: LONGEST_PAUSE,
      results,
      failures: results.flatMap(({ engine, measurements }) =>
        judge(engine, measurements),
      ),
    });
  });
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});

import { rm } from 'fs/promises';
import type { Replica } from '../../replica/Replica';
import { summarize, type Summary } from '../statistics';
import type { CopyFigures, CopyScene } from './CopyScene';

/** How many units are asked for at once. */
export const UNITS = [1, 10, 100, 1_000];

/** Budgets of plans for at most so many units, in milliseconds. */
export const BUDGET = { units: 100, tables: 3_000, files: 1_000, warm: 50 };

/** How many warm runs there are; fewer of the large ones. */
const RUNS = 9;
const LARGE_RUNS = 3;

/** What plans of one size took, as tasks in the service. */
export interface PlanFigures {
  world: string;
  units: number;
  /** The first plan ever: all is read from the tables. */
  coldFromTables: number;
  /** The first after a restart, with what was kept in files. */
  coldFromFiles: number;
  warm: Summary;
  /** A copy that is done, not only planned. */
  copy: Summary;
  /** Dependencies that came along in the median, and requirements that were missing in the worst case. */
  added: number;
  missing: number;
  peakMemoryMB: { tables: number; files: number; warm: number };
  /** Of all of them. */
  longestPause: number;
}

/** A backend that can be started again on the same database and folders. */
export interface Restarts {
  /** Ends the replica that runs and starts another. */
  restart(): Promise<Replica>;
  /** The replica that runs. */
  current(): Replica;
  /** Where it keeps what it read of packages. */
  solverFolder: string;
}

/** Plans copies of all sizes, each for the first time, then after a restart, then again and again. */
export async function measurePlans(
  restarts: Restarts,
  scene: CopyScene,
): Promise<PlanFigures[]> {
  const fromTables: CopyFigures[] = [];
  for (const units of UNITS) {
    await restarts.current().stop();
    await rm(restarts.solverFolder, { recursive: true, force: true });
    fromTables.push(await first(await restarts.restart(), scene, units));
  }
  const fromFiles: CopyFigures[] = [];
  for (const units of UNITS) {
    fromFiles.push(await first(await restarts.restart(), scene, units));
  }
  const replica = restarts.current();
  const figures: PlanFigures[] = [];
  for (const [index, units] of UNITS.entries()) {
    const runs = units > BUDGET.units ? LARGE_RUNS : RUNS;
    const warm: CopyFigures[] = [];
    for (let run = 1; run <= runs; run++) {
      warm.push(await scene.preview(replica, scene.select(units, run)));
    }
    const copies: CopyFigures[] = [];
    for (let run = 1; run <= LARGE_RUNS; run++) {
      copies.push(await scene.copy(replica, scene.select(units, run)));
    }
    figures.push(
      toFigures(scene, units, {
        fromTables: fromTables[index],
        fromFiles: fromFiles[index],
        warm,
        copies,
      }),
    );
  }
  return figures;
}

/**
 * The first plan that a replica makes; until then it has answered a few requests and published an empty
 * repository, which starts its worker threads.
 */
async function first(
  replica: Replica,
  scene: CopyScene,
  units: number,
): Promise<CopyFigures> {
  await scene.startThreads(replica);
  for (const path of scene.reads()) await replica.call('GET', path);
  return scene.preview(replica, scene.select(units, 0));
}

function toFigures(
  scene: CopyScene,
  units: number,
  measured: {
    fromTables: CopyFigures;
    fromFiles: CopyFigures;
    warm: CopyFigures[];
    copies: CopyFigures[];
  },
): PlanFigures {
  const { fromTables, fromFiles, warm, copies } = measured;
  const all = [fromTables, fromFiles, ...warm, ...copies];
  const times = (of: CopyFigures[]) =>
    summarize(of.map(({ milliseconds }) => milliseconds));
  const most = (of: CopyFigures[], figure: keyof CopyFigures) =>
    Math.max(...of.map(each => each[figure]));
  return {
    world: scene.name,
    units,
    coldFromTables: fromTables.milliseconds,
    coldFromFiles: fromFiles.milliseconds,
    warm: times(warm),
    copy: times(copies),
    added: summarize(warm.map(({ added }) => added)).median,
    missing: most(all, 'missing'),
    peakMemoryMB: {
      tables: fromTables.peakMemoryMB,
      files: fromFiles.peakMemoryMB,
      warm: most(warm, 'peakMemoryMB'),
    },
    longestPause: most(all, 'longestPause'),
  };
}

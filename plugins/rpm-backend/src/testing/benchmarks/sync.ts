import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { basename, dirname, join, resolve } from 'path';
import { pathToFileURL } from 'url';
import { isDeepStrictEqual } from 'util';
import { Replica } from '../replica/Replica';
import { countMetadata, type MetadataCounts } from './countMetadata';
import { withEngines } from './engines';
import { writeReport } from './report';
import { round } from './statistics';

const MEGABYTE = 1_000_000;

/** Bounds that must hold; see the design's performance budget. */
const BUDGET = {
  /** From the data set that needs least memory to the one that needs most. */
  memoryGrowthMB: 150,
  unchangedSeconds: 1,
  /** For 10,000 packages. */
  secondsPer10000Packages: 30,
};

interface Figures {
  engine: string;
  dataSet: string;
  counts: MetadataCounts;
  seconds: number;
  unchangedSeconds: number;
  /** Of the whole process with its threads, while it syncs. */
  peakMemoryMB: number;
  /** Before the sync. */
  idleMemoryMB: number;
  /** Processor time for which the backend could answer nobody. */
  longestPauseMilliseconds: number;
}

async function taskSeconds(
  replica: Replica,
  path: string,
): Promise<{ seconds: number; result: any }> {
  const { task: href } = await replica.call('POST', path, {});
  const task = await replica.finished(href);
  if (task.state !== 'completed') throw new Error(JSON.stringify(task.error));
  const [start, end] = [task.started_at, task.finished_at].map(Date.parse);
  return { seconds: (end - start) / 1000, result: task.result };
}

/** Syncs a folder in a backend of its own, then once more. */
async function measure(
  engine: string,
  database: object,
  folder: string,
  expected: MetadataCounts,
): Promise<Figures> {
  const storage = await mkdtemp(join(tmpdir(), 'rpm-bench-'));
  const replica = await Replica.start({
    database,
    rpm: { storage: { path: storage }, allowedImportPaths: [dirname(folder)] },
  });
  try {
    await replica.usage();
    const idle = await replica.usage();
    const remote = await replica.call('POST', 'remotes/rpm/rpm/', {
      name: 'bench',
      url: pathToFileURL(folder).href,
      policy: 'on_demand',
    });
    const repository = await replica.call('POST', 'repositories/rpm/rpm/', {
      name: 'bench',
      remote: remote.pulp_href,
    });
    const path = `${repository.pulp_href}sync/`;
    const { seconds, result } = await taskSeconds(replica, path);
    const { peakMemory, longestPause } = await replica.usage();
    const { present } = result.content_summary;
    const counts: MetadataCounts = Object.fromEntries(
      Object.entries<{ count: number }>(present).map(([type, { count }]) => [
        type,
        count,
      ]),
    );
    if (!isDeepStrictEqual(counts, expected)) {
      throw new Error(
        `${basename(folder)} on ${engine}: ${JSON.stringify(
          counts,
        )} instead of ${JSON.stringify(expected)}`,
      );
    }
    const unchanged = await taskSeconds(replica, path);
    return {
      engine,
      dataSet: basename(folder),
      counts,
      seconds: round(seconds),
      unchangedSeconds: round(unchanged.seconds),
      peakMemoryMB: round(peakMemory / MEGABYTE, 0),
      idleMemoryMB: round(idle.peakMemory / MEGABYTE, 0),
      longestPauseMilliseconds: round(longestPause, 0),
    };
  } finally {
    await replica.stop();
    await rm(storage, { recursive: true, force: true });
  }
}

/** @returns what does not hold, one sentence each */
function judge(figures: readonly Figures[]): string[] {
  const failures = figures.flatMap(each => {
    const { engine, dataSet, counts, seconds, unchangedSeconds } = each;
    const allowed =
      (BUDGET.secondsPer10000Packages * counts['rpm.package']) / 10_000;
    return [
      seconds > allowed && `${dataSet} on ${engine} took ${seconds} s`,
      unchangedSeconds > BUDGET.unchangedSeconds &&
        `${dataSet} on ${engine}, unchanged, took ${unchangedSeconds} s`,
    ].filter(text => text !== false);
  });
  for (const [engine, growth] of Object.entries(growthByEngine(figures))) {
    if (growth > BUDGET.memoryGrowthMB) {
      failures.push(`memory grows by ${growth} MB on ${engine}`);
    }
  }
  return failures;
}

function growthByEngine(figures: readonly Figures[]): Record<string, number> {
  const engines = [...new Set(figures.map(({ engine }) => engine))];
  return Object.fromEntries(
    engines.map(engine => {
      const peaks = figures
        .filter(each => each.engine === engine)
        .map(({ peakMemoryMB }) => peakMemoryMB);
      return [engine, Math.max(...peaks) - Math.min(...peaks)];
    }),
  );
}

async function main(folders: string[]): Promise<void> {
  if (!folders.length) {
    throw new Error('Name the folders to sync, each with a folder repodata.');
  }
  const figures: Figures[] = [];
  await withEngines(async engines => {
    for (const [index, folder] of folders
      .map(each => resolve(each))
      .entries()) {
      const expected = await countMetadata(folder);
      for (const { name, databaseOf } of engines) {
        const database = databaseOf(String(index));
        const measured = await measure(name, database, folder, expected);
        console.log(measured);
        figures.push(measured);
      }
    }
  });
  await writeReport('sync', {
    benchmark: 'sync: metadata only (on_demand) from a local folder',
    budget: BUDGET,
    memoryGrowthMB: growthByEngine(figures),
    figures,
    failures: judge(figures),
  });
}

main(process.argv.slice(2)).catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});

import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { fork } from 'child_process';
import { once } from 'events';
import { mkdir, writeFile } from 'fs/promises';
import knexFactory from 'knex';
import { cpus, totalmem } from 'os';
import { dirname, join } from 'path';
import { pathToFileURL } from 'url';
import { parseArgs } from 'util';
import type { BatchOrder, BatchReport } from './versionsBatch';

/** As many sequences as one process with a fresh database goes through. */
const BATCH = 250;

const ROOT = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  '../..',
);
const BATCH_PROCESS = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  'src/testing/soaks/versionsBatch.ts',
);
const OUTPUT = join(ROOT, 'docs/benchmarks/versions-soak.json');

interface EngineReport {
  engine: string;
  version: string;
  /** Sequences, on two repositories each. */
  runs: number;
  steps: number;
  seconds: number;
  /** Of the process that needed most. */
  peakMemoryMB: number;
  failures: string[];
}

/** Runs one batch in a process of its own, so that memory cannot add up. */
async function runBatch(order: BatchOrder): Promise<BatchReport> {
  const child = fork(BATCH_PROCESS);
  let report: BatchReport | undefined;
  child.on('message', (message: Partial<BatchReport>) => {
    // The transform of the sources talks over the same channel.
    if (message.runs !== undefined) report = message as BatchReport;
  });
  child.send(order);
  const [code, signal] = await once(child, 'exit');
  return (
    report ?? {
      runs: 0,
      steps: 0,
      failure: `The process ended (${signal ?? code}), seed ${order.seed}`,
      peakMemoryMB: 0,
    }
  );
}

async function soak(
  engine: string,
  version: string,
  order: { seed: number; runs: number },
  connect: (batch: number) => Promise<string | undefined>,
): Promise<EngineReport> {
  const total: EngineReport = {
    engine,
    version,
    runs: 0,
    steps: 0,
    seconds: 0,
    peakMemoryMB: 0,
    failures: [],
  };
  const start = Date.now();
  for (let done = 0, batch = 0; done < order.runs; done += BATCH, batch += 1) {
    const report = await runBatch({
      seed: order.seed + batch,
      runs: Math.min(BATCH, order.runs - done),
      connection: await connect(batch),
    });
    total.runs += report.runs;
    total.steps += report.steps;
    total.peakMemoryMB = Math.max(total.peakMemoryMB, report.peakMemoryMB);
    if (report.failure) total.failures.push(report.failure);
    total.seconds = secondsSince(start);
    console.log(
      `${engine}: ${total.runs} runs, ${total.steps} steps, ${total.seconds} s, ` +
        `${total.peakMemoryMB} MB, ${total.failures.length} failures`,
    );
  }
  return total;
}

async function soakSqlite(order: { seed: number; runs: number }) {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const [{ version }] = await knex.raw('select sqlite_version() as version');
  await knex.destroy();
  return soak('SQLite', version, order, async () => undefined);
}

async function soakPostgres(order: { seed: number; runs: number }) {
  const { startPostgres } = await import(
    pathToFileURL(join(ROOT, 'scripts/postgres/startPostgres.mjs')).href
  );
  const server = await startPostgres();
  const knex = knexFactory({
    client: 'pg',
    connection: server.connectionString,
  });
  try {
    const { rows } = await knex.raw('show server_version');
    const version = rows[0].server_version;
    return await soak('PostgreSQL', version, order, async batch => {
      if (batch) await knex.raw(`drop database soak_${batch - 1}`);
      await knex.raw(`create database soak_${batch}`);
      const url = new URL(server.connectionString);
      url.pathname = `/soak_${batch}`;
      return url.href;
    });
  } finally {
    await knex.destroy();
    await server.stop();
  }
}

function secondsSince(start: number): number {
  return Math.round((Date.now() - start) / 1000);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      runs: { type: 'string', default: '8000' },
      'postgres-runs': { type: 'string', default: '2000' },
    },
  });
  const seed = Number(values.seed);
  console.log(`Seed ${seed}`);
  const start = Date.now();
  const sequences = Number(values.runs);
  const engines = await Promise.all([
    soakSqlite({ seed, runs: sequences }),
    // Other sequences than those before.
    soakPostgres({
      seed: seed + Math.ceil(sequences / BATCH),
      runs: Number(values['postgres-runs']),
    }),
  ]);
  const sum = (of: (report: EngineReport) => number) =>
    engines.reduce((all, report) => all + of(report), 0);
  const whole = {
    soak: 'versions: sequences of changes held against a naive model',
    seed,
    node: process.version,
    machine: `${cpus().length} cores, ${Math.round(
      totalmem() / 1024 ** 3,
    )} GiB`,
    runs: sum(({ runs }) => runs),
    steps: sum(({ steps }) => steps),
    failures: sum(({ failures }) => failures.length),
    seconds: secondsSince(start),
    peakMemoryMB: Math.max(...engines.map(report => report.peakMemoryMB)),
    engines,
  };
  await mkdir(dirname(OUTPUT), { recursive: true });
  await writeFile(OUTPUT, `${JSON.stringify(whole, undefined, 2)}\n`);
  process.exitCode = whole.failures ? 1 : 0;
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});

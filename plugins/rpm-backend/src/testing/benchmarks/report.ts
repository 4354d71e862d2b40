import { mkdir, writeFile } from 'fs/promises';
import { cpus, loadavg, totalmem } from 'os';
import { dirname, join } from 'path';
import { ROOT } from './engines';
import { round } from './statistics';

/** What every benchmark tells. */
interface Report {
  benchmark: string;
  /** What does not hold, one sentence each. */
  failures: readonly string[];
  [figure: string]: unknown;
}

/** Writes `docs/benchmarks/<name>.json`; the process fails when a budget does not hold. */
export async function writeReport(name: string, report: Report): Promise<void> {
  const { benchmark, ...rest } = report;
  const output = join(ROOT, 'docs/benchmarks', `${name}.json`);
  const whole = {
    benchmark,
    node: process.version,
    machine: `${cpus().length} cores, ${round(totalmem() / 1024 ** 3, 0)} GiB`,
    // Of the last quarter of an hour: far above one, it tells that others worked there.
    loadAverage: round(loadavg()[2], 1),
    ...rest,
  };
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, `${JSON.stringify(whole, undefined, 2)}\n`);
  for (const failure of report.failures)
    console.error(`Not within budget: ${failure}`);
  process.exitCode = report.failures.length ? 1 : 0;
}

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ClosurePlan } from '../closure/plan';
import { chainOf, describeChain } from '../explanation/describeChain';
import { planForMachines } from '../machines/planForMachines';
import { readProblem } from './readProblem';

/** Solves a problem that was written down, and tells the plan in lines for people. */
export async function replay(
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<string[]> {
  const { pool, request } = await readProblem(lines);
  const start = performance.now();
  const plan = planForMachines(pool, request);
  const took = Math.round(performance.now() - start);
  return [
    `Packages: ${pool.packageCount}, modules: ${pool.moduleCount}, planned in ${took} ms`,
    ...describePlan(plan),
  ];
}

function describePlan(plan: ClosurePlan): string[] {
  const { entries, missing } = plan;
  return [
    ...entries.flatMap(({ entry, added }) => [
      `Units that come along in entry ${entry}: ${added.length}`,
      ...added.map(({ step }) => `  ${describeChain(chainOf(plan, step))}`),
    ]),
    `Missing requirements: ${missing.length}`,
    ...missing.map(({ sentence }) => `  ${sentence}`),
  ];
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** The lines of a file, which may be compressed with gzip, whatever it is called. */
export async function linesOfFile(path: string): Promise<string[]> {
  const content = await readFile(path);
  const isCompressed = content.subarray(0, 2).equals(GZIP_MAGIC);
  const plain = isCompressed ? await promisify(gunzip)(content) : content;
  return plain.toString().split('\n');
}

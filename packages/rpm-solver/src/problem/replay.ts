import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { compose } from 'node:stream';
import { createGunzip } from 'node:zlib';
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

function describePlan({ entries, missing, ...plan }: ClosurePlan): string[] {
  const describe = (step: number) =>
    `  ${describeChain(chainOf({ entries, missing, ...plan }, step))}`;
  return [
    ...entries.flatMap(({ entry, added }) => [
      `Units that come along in entry ${entry}: ${added.length}`,
      ...added.map(({ step }) => describe(step)),
    ]),
    `Missing requirements: ${missing.length}`,
    ...missing.map(({ sentence }) => `  ${sentence}`),
  ];
}

/** The lines of a file, which may be compressed with gzip, whatever it is called. */
export async function* linesOfFile(
  path: string,
): AsyncGenerator<string, void, undefined> {
  const start = createReadStream(path, { end: 1 });
  const magic: Buffer[] = await start.toArray();
  const isCompressed = Buffer.concat(magic).equals(GZIP_MAGIC);
  const file = createReadStream(path);
  yield* createInterface({
    input: isCompressed ? compose(file, createGunzip()) : file,
    crlfDelay: Infinity,
  });
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

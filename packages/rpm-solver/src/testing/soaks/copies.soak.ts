import { mkdir, writeFile } from 'fs/promises';
import { cpus, totalmem } from 'os';
import { basename, dirname, resolve } from 'path';
import { parseArgs } from 'util';
import { LibsolvOracle } from '../../oracle/__testUtils__/LibsolvOracle';
import { soakData } from './soakData';
import { soakWorlds } from './soakWorlds';
import type { Tally } from './Tally';

/** npm runs scripts at the root of the repository. */
const OUTPUT = resolve('docs/benchmarks/copies-soak.json');

/** Without `--copies`, one copy of real data for as many random worlds. */
const WORLDS_PER_COPY = 50;

function report(name: string) {
  let known = 0;
  return ({ copies, added, missing, seconds, differences }: Tally) => {
    console.log(
      `${name}: ${copies} copies, ${added} added, ${missing} missing, ` +
        `${seconds} s, ${differences.length} differences`,
    );
    for (const difference of differences.slice(known)) {
      console.log(JSON.stringify(difference));
    }
    known = differences.length;
  };
}

/** `[N] [--seed S] [--copies N] [--data FOLDER …]`; positional arguments that are no number are folders. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      copies: { type: 'string' },
      data: { type: 'string', multiple: true, default: [] },
    },
  });
  const isCount = (text: string) => /^\d+$/.test(text);
  const runs = Number(positionals.find(isCount) ?? 10_000);
  const folders = [
    ...values.data,
    ...positionals.filter(text => !isCount(text)),
  ].map(folder => resolve(process.env.INIT_CWD ?? '.', folder));
  const seed = Number(values.seed);
  console.log(`Seed ${seed}`);
  const start = Date.now();
  const oracle = new LibsolvOracle();
  try {
    const random = await soakWorlds(oracle, { runs, seed }, report('Random'));
    const copies = Number(values.copies ?? Math.ceil(runs / WORLDS_PER_COPY));
    const real =
      folders.length > 0
        ? await soakData(
            oracle,
            folders,
            { runs: copies, seed },
            report('Real data'),
          )
        : undefined;
    const whole = {
      soak: 'copies: what plans bring, held against what libsolv can install',
      seed,
      node: process.version,
      libsolv: LibsolvOracle.version(),
      machine: `${cpus().length} cores, ${Math.round(
        totalmem() / 1024 ** 3,
      )} GiB`,
      runs: random.copies + (real?.copies ?? 0),
      differences: random.differences.length + (real?.differences.length ?? 0),
      seconds: Math.round((Date.now() - start) / 1000),
      random,
      ...(real && {
        real: {
          folders: folders.map(folder => basename(folder)).join(', '),
          ...real,
        },
      }),
    };
    await mkdir(dirname(OUTPUT), { recursive: true });
    await writeFile(OUTPUT, `${JSON.stringify(whole, undefined, 2)}\n`);
    process.exitCode = whole.differences ? 1 : 0;
  } finally {
    oracle.stop();
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});

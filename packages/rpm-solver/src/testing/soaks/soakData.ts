import fc from 'fast-check';
import { incomplete } from '../../oracle/__testUtils__/incomplete';
import type { LibsolvOracle } from '../../oracle/__testUtils__/LibsolvOracle';
import { machinePlan } from '../../oracle/__testUtils__/MachinePlan';
import { superfluous } from '../../oracle/__testUtils__/superfluous';
import { ungranted } from '../../oracle/__testUtils__/ungranted';
import { planForMachines } from '../../machines/planForMachines';
import { openPool } from '../../pool/openPool';
import { PoolBuilder } from '../../pool/PoolBuilder';
import type { PackageRecord } from '../../pool/records';
import { drawnCopies, toCopy } from './realCopies';
import { readRepository, type ReadRepository } from './readRepository';
import { newTally, type Tally } from './Tally';

/** libsolv takes milliseconds for each question about tens of thousands of packages. */
const LIMITS = { packages: 150, units: 10, wishes: 15 };

/** As many copies as come of one seed. */
const BATCH = 10;

/** Copies of random selections between random parts of real repositories, all for x86_64. */
export async function soakData(
  oracle: LibsolvOracle,
  folders: readonly string[],
  { runs, seed }: { runs: number; seed: number },
  onProgress: (tally: Tally) => void,
): Promise<Tally> {
  const repositories = await readAll(folders);
  const packages = repositories.flatMap(each => each.packages);
  const modules = repositories.flatMap(each => each.modules);
  const byUnit = new Map(packages.map(one => [one.unit, one]));
  oracle.tell({ architecture: 'x86_64', folders, packages, modules });
  const builder = new PoolBuilder();
  for (const one of packages) builder.addPackage(one);
  for (const one of modules) builder.addModule(one);
  const image = builder.build();
  keepNamedFiles(packages);

  const tally = newTally();
  const start = Date.now();
  for (let batch = 0; batch * BATCH < runs; batch++) {
    const drawn = fc.sample(drawnCopies(repositories.length), {
      seed: seed + batch,
      numRuns: Math.min(BATCH, runs - batch * BATCH),
    });
    for (const [position, each] of drawn.entries()) {
      const copy = toCopy(each, repositories);
      const pool = openPool(
        image,
        each.pairs.flatMap(({ source, destination }, i) => [
          {
            key: `s${i}`,
            units: copy.sources[i],
            defaultStreams: repositories[source].defaultStreams,
          },
          {
            key: `d${i}`,
            units: copy.destinations[i],
            defaultStreams: repositories[destination].defaultStreams,
          },
        ]),
      );
      const plan = planForMachines(pool, {
        ...copy.options,
        entries: copy.requested.map((requested, i) => ({
          id: `e${i}`,
          source: `s${i}`,
          destination: `d${i}`,
          requested,
        })),
      });
      tally.copies++;
      tally.requested += copy.requested.flat().length;
      tally.added += plan.entries.flatMap(({ added }) => added).length;
      tally.missing += plan.missing.length;
      const machine = machinePlan({ ...copy, packages: byUnit, modules }, plan);
      const faults = [
        ...(await incomplete(machine, oracle, LIMITS.packages)),
        ...(await superfluous(machine, oracle, LIMITS.units)),
        ...(await ungranted(machine, oracle, LIMITS.wishes)),
      ];
      if (faults.length > 0) {
        tally.differences.push({
          seed: seed + batch,
          copy: position,
          pairs: each.pairs.length,
          faults,
        });
      }
    }
    tally.seconds = Math.round((Date.now() - start) / 1000);
    onProgress(tally);
  }
  return tally;
}

async function readAll(folders: readonly string[]): Promise<ReadRepository[]> {
  const repositories: ReadRepository[] = [];
  let firstUnit = 1;
  for (const folder of folders) {
    const repository = await readRepository(folder, firstUnit);
    repositories.push(repository);
    firstUnit += repository.packages.length + repository.modules.length;
  }
  return repositories;
}

/** Of millions of paths, checks ask only for those that some relation names. */
function keepNamedFiles(packages: readonly PackageRecord[]): void {
  const named = new Set<string>();
  for (const one of packages) {
    for (const { name } of [...one.requires, ...one.recommends]) {
      for (const word of name.split(/[\s()]+/)) {
        if (word.startsWith('/')) named.add(word);
      }
    }
  }
  for (const one of packages) {
    one.files = one.files.filter(path => named.has(path));
  }
}

import { installsOn, isSourceArch } from '../../architecture/architectures';
import type { ClosurePlan } from '../../closure/plan';
import { planForMachines } from '../../machines/planForMachines';
import { buildPool } from '../../pool/PoolBuilder';
import type { PackageRecord } from '../../pool/records';
import { incomplete } from './incomplete';
import type { LibsolvOracle } from './LibsolvOracle';
import { type ExaminedCopy, machinePlan } from './MachinePlan';
import { superfluous } from './superfluous';
import { ungranted } from './ungranted';
import type { OracleWorld } from './worlds';

/** What goes against libsolv's word, or comes along without need; empty when all is well. */
export async function faultsOf(
  world: OracleWorld,
  oracle: LibsolvOracle,
): Promise<string[]> {
  const whole = planOf(world);
  const faults: string[] = [];
  for (const architecture of world.options.architectures) {
    const part = partFor(world, architecture);
    const copy: ExaminedCopy = {
      ...part,
      packages: new Map(part.packages.map(one => [one.unit, one])),
    };
    oracle.tell({
      architecture,
      modules: world.modules,
      packages: world.packages.map(one => asLibsolvSees(one, world)),
    });
    const plan = planOf(part);
    const carriedOut = machinePlan(copy, plan, whole);
    const alone = machinePlan(copy, plan);
    const told = [
      ...(await incomplete(carriedOut, oracle)),
      ...(await superfluous(alone, oracle)),
      ...(await ungranted(alone, oracle)),
    ];
    faults.push(...told.map(fault => `${architecture}: ${fault}`));
  }
  return faults;
}

/** Of what is requested, what a machine can install, and what none can. */
function partFor(world: OracleWorld, architecture: string): OracleWorld {
  const archs = new Map(world.packages.map(({ unit, arch }) => [unit, arch]));
  const isFor = (machine: string, unit: number) => {
    const arch = archs.get(unit) ?? 'noarch';
    return isSourceArch(arch) || installsOn(machine, arch);
  };
  const machines = world.options.architectures;
  return {
    ...world,
    options: { ...world.options, architectures: [architecture] },
    requested: world.requested.map(units =>
      units.filter(
        unit =>
          isFor(architecture, unit) ||
          !machines.some(machine => isFor(machine, unit)),
      ),
    ),
  };
}

export function planOf(world: OracleWorld): ClosurePlan {
  const { packages, modules, defaultStreams } = world;
  const repository = (key: string, units: readonly number[]) => ({
    key,
    packages: packages.filter(({ unit }) => units.includes(unit)),
    modules: modules.filter(({ unit }) => units.includes(unit)),
    defaultStreams: key.startsWith('s') ? defaultStreams : {},
  });
  const pool = buildPool([
    ...world.sources.map((units, i) => repository(`s${i}`, units)),
    ...world.destinations.map((units, i) => repository(`d${i}`, units)),
  ]);
  return planForMachines(pool, {
    ...world.options,
    entries: world.requested.map((requested, i) => ({
      id: `e${i}`,
      source: `s${i}`,
      destination: `d${i}`,
      requested,
    })),
  });
}

/** libsolv installs no sources: to be built is to be installed without being anything to others. */
function asLibsolvSees(
  one: PackageRecord,
  { options }: OracleWorld,
): PackageRecord {
  return isSourceArch(one.arch)
    ? {
        ...one,
        name: `source:${one.name}`,
        arch: 'noarch',
        provides: [],
        obsoletes: [],
        files: [],
        requires: options.sourceRequires ? one.requires : [],
        conflicts: options.sourceRequires ? one.conflicts : [],
      }
    : one;
}

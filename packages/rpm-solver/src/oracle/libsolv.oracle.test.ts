import fc from 'fast-check';
import { planClosure } from '../closure/planClosure';
import { chainOf } from '../explanation/describeChain';
import { buildPool } from '../pool/PoolBuilder';
import { LibsolvOracle } from './__testUtils__/LibsolvOracle';
import { oracleWorlds, type OracleWorld } from './__testUtils__/worlds';

const ARCHITECTURE = 'x86_64';
const SEED = 20261121;
/** Of each number of pairs; 10,000 and more are for `npm run soak`. */
const RUNS = 160;

function planOf(world: OracleWorld) {
  const { packages, modules } = world;
  const repository = (key: string, units: readonly number[]) => ({
    key,
    packages: packages.filter(({ unit }) => units.includes(unit)),
    modules: modules.filter(({ unit }) => units.includes(unit)),
  });
  const pool = buildPool([
    ...world.sources.map((units, i) => repository(`s${i}`, units)),
    ...world.destinations.map((units, i) => repository(`d${i}`, units)),
  ]);
  return planClosure(pool, {
    dependencyUpgrade: world.upgrade,
    entries: world.requested.map((requested, i) => ({
      id: `e${i}`,
      source: `s${i}`,
      destination: `d${i}`,
      requested,
      architecture: ARCHITECTURE,
    })),
  });
}

/** What goes against libsolv's word; empty when all is well. */
async function faultsOf(
  world: OracleWorld,
  oracle: LibsolvOracle,
): Promise<string[]> {
  const plan = planOf(world);
  const added = plan.entries.flatMap(entry => entry.added);
  const packageUnits = new Set(world.packages.map(({ unit }) => unit));
  const everything = [
    ...new Set([...world.sources.flat(), ...world.destinations.flat()]),
  ];
  const after = [
    ...new Set([
      ...world.destinations.flat(),
      ...world.requested.flat(),
      ...added.map(({ unit }) => unit),
    ]),
  ];
  const copied = [
    ...new Set([...world.requested.flat(), ...added.map(({ unit }) => unit)]),
  ].filter(unit => packageUnits.has(unit));
  const [possible, achieved] = await oracle.ask({
    ...world,
    architecture: ARCHITECTURE,
    sets: [everything, after],
    ask: copied,
  });
  const missing = new Set(plan.missing.map(({ unit }) => unit));
  return [
    ...copied.flatMap((unit, i) => {
      if (possible[i] && !achieved[i]) return [`${unit} lacks something`];
      if (possible[i] && missing.has(unit)) return [`${unit} lacks nothing`];
      return !achieved[i] && plan.missing.length === 0
        ? [`nobody says that ${unit} lacks something`]
        : [];
    }),
    ...added.flatMap(({ unit, step }) =>
      chainOf(plan, step)[0].reason === 'requested'
        ? []
        : [`${unit} has no chain`],
    ),
  ];
}

/** Under CI, which installs it, its absence is a failure. */
const isAsked = LibsolvOracle.isAvailable() || Boolean(process.env.CI);
const [describeOracle, title] = isAsked
  ? [describe, 'libsolv']
  : [describe.skip, 'libsolv (skipped: python3-solv is not installed)'];

describeOracle(title, () => {
  const oracle = new LibsolvOracle();
  afterAll(() => oracle.stop());

  it.each([1, 2])(
    'can install whatever a plan for %d pairs brings, if it can be installed at all',
    async pairs => {
      await fc.assert(
        fc.asyncProperty(oracleWorlds(pairs), async world => {
          expect(await faultsOf(world, oracle)).toEqual([]);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
  );
});

import fc from 'fast-check';
import { installsOn, isSourceArch } from '../architecture/architectures';
import { reportInstallability } from '../installability/report/reportInstallability';
import { buildPool } from '../pool/PoolBuilder';
import { LibsolvOracle } from './__testUtils__/LibsolvOracle';
import { oracleWorlds, type OracleWorld } from './__testUtils__/worlds';

const SEED = 20261121;
const RUNS = 300;

/** Under CI, which installs it, its absence is a failure. */
const isAsked = LibsolvOracle.isAvailable() || Boolean(process.env.CI);
const [describeOracle, title] = isAsked
  ? [describe, 'libsolv']
  : [describe.skip, 'libsolv (skipped: python3-solv is not installed)'];

/** What a report of a world's source, with its destination as context, says against libsolv's word. */
async function faultsOf(
  world: OracleWorld,
  architecture: string,
  oracle: LibsolvOracle,
): Promise<string[]> {
  const { packages, modules } = world;
  const [version] = world.sources;
  const [context] = world.destinations;
  const repository = (key: string, units: readonly number[]) => ({
    key,
    packages: packages.filter(({ unit }) => units.includes(unit)),
    modules: modules.filter(({ unit }) => units.includes(unit)),
  });
  const report = reportInstallability(
    buildPool([repository('version', version), repository('context', context)]),
    {
      repository: 'version',
      contexts: ['context'],
      architectures: [architecture],
    },
  );
  const examined = packages
    .filter(
      ({ unit, arch }) =>
        version.includes(unit) &&
        installsOn(architecture, arch) &&
        !isSourceArch(arch),
    )
    .map(({ unit }) => unit);
  oracle.tell({ architecture, packages, modules });
  const there = new Set([...version, ...context]);
  const [answers] = await oracle.ask([
    { there, ask: examined.map(unit => [unit]) },
  ]);
  const broken = new Set(report.broken.map(({ unit }) => unit));
  return [
    ...(report.packageCount === examined.length ? [] : ['wrong count']),
    ...examined.flatMap((unit, i) =>
      answers[i] === broken.has(unit)
        ? [`libsolv ${answers[i] ? 'can' : 'cannot'} install ${unit}`]
        : [],
    ),
    ...report.broken.flatMap(({ label, problems }) =>
      problems.length > 0 ? [] : [`nobody says why ${label} is broken`],
    ),
  ];
}

describeOracle(title, () => {
  const oracle = new LibsolvOracle();
  afterAll(() => oracle.stop());

  it.each(['x86_64', 'aarch64'])(
    'can install on %s what reports say can be installed, and nothing else',
    async architecture => {
      await fc.assert(
        fc.asyncProperty(oracleWorlds(1), async world => {
          expect(await faultsOf(world, architecture, oracle)).toEqual([]);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
  );
});

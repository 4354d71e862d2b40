import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { basename, dirname, join, resolve } from 'path';
import { Replica, type ReplicaOptions } from '../replica/Replica';
import { CopyScene, type CopyWorld } from './copy/CopyScene';
import { judgeCopies, type EngineFigures } from './copy/judgeCopies';
import { askLibsolv, libsolvVersion, type PeerFigures } from './copy/Libsolv';
import { measureApi, type ApiFigures } from './copy/measureApi';
import {
  measurePlans,
  UNITS,
  type PlanFigures,
  type Restarts,
} from './copy/measurePlans';
import {
  summarizeProfiles,
  type ProfileSummary,
} from './copy/summarizeProfiles';
import { FULL_SIZE, SyntheticPair, type PairSizes } from './copy/SyntheticPair';
import { writeMetadata } from './copy/writeMetadata';
import { withEngines, type Engine } from './engines';
import { writeReport } from './report';

/** Says how far the benchmark is: it takes minutes. */
function tell(text: string): void {
  const seconds = Math.round(process.uptime());
  console.log(`${String(seconds).padStart(4)} s  ${text}`);
}

const SEED = 20_261_121;
const MEGABYTE = 1_000_000;
const PEER_RUNS = 5;
const PROFILED_PLANS = 20;
const PROFILED_UNITS = 100;

/** The command line's `--small`: to see that everything works. Its figures are not written. */
const SMALL: PairSizes = { heldNames: 300, names: 400, modules: 8 };

async function writeSynthetic(
  folder: string,
  sizes: PairSizes,
): Promise<CopyWorld> {
  const pair = new SyntheticPair(SEED, sizes);
  const [source, destination] = ['source', 'destination'].map(each =>
    join(folder, each),
  );
  await writeMetadata(source, pair.source());
  await writeMetadata(destination, pair.destination());
  return { name: 'synthetic', source, destinations: [destination] };
}

/** The plugin on one engine, with all worlds synced. */
class Stage implements Restarts {
  readonly #options: ReplicaOptions;
  #replica: Replica;

  private constructor(options: ReplicaOptions, replica: Replica) {
    this.#options = options;
    this.#replica = replica;
  }

  static async open(options: ReplicaOptions): Promise<Stage> {
    return new Stage(options, await Replica.start(options));
  }

  get solverFolder(): string {
    return join(this.#options.rpm.storage.path, 'solver');
  }

  current(): Replica {
    return this.#replica;
  }

  async restart(options: Partial<ReplicaOptions> = {}): Promise<Replica> {
    await this.#replica.stop();
    this.#replica = await Replica.start({ ...this.#options, ...options });
    return this.#replica;
  }
}

async function openStage(
  engine: Engine,
  worlds: readonly CopyWorld[],
  scratch: string,
): Promise<Stage> {
  return Stage.open({
    database: engine.databaseOf('copy'),
    rpm: {
      storage: { path: join(scratch, engine.name) },
      allowedImportPaths: worlds.flatMap(({ source, destinations }) =>
        [source, ...destinations].map(folder => dirname(folder)),
      ),
    },
  });
}

async function syncWorlds(
  stage: Stage,
  worlds: readonly CopyWorld[],
): Promise<CopyScene[]> {
  const scenes: CopyScene[] = [];
  for (const world of worlds) {
    scenes.push(await CopyScene.sync(stage.current(), world));
  }
  return scenes;
}

/** Where the main thread's time goes while plans are made; threads that are ended write no profile. */
async function profile(
  stage: Stage,
  scene: CopyScene,
  scratch: string,
): Promise<ProfileSummary> {
  const profiles = join(scratch, `profiles-${scene.name}`);
  const replica = await stage.restart({ profiles });
  for (let run = 0; run < PROFILED_PLANS; run++) {
    await scene.preview(replica, scene.select(PROFILED_UNITS, run));
  }
  // Only then it is written.
  await replica.stop();
  const summary = await summarizeProfiles(profiles);
  await rm(profiles, { recursive: true, force: true });
  return summary;
}

async function measureEngine(
  { name, version }: Engine,
  stage: Stage,
  scenes: readonly CopyScene[],
  scratch: string,
): Promise<EngineFigures> {
  const replica = await stage.restart();
  await replica.usage();
  const idle = await replica.usage();
  const plans: PlanFigures[] = [];
  const api: ApiFigures[] = [];
  const profiles: Record<string, ProfileSummary> = {};
  for (const scene of scenes) {
    tell(`plans of ${scene.name} on ${name}`);
    plans.push(...(await measurePlans(stage, scene)));
    tell(`requests while all of ${scene.name} is planned on ${name}`);
    api.push(await measureApi(stage.current(), scene));
    tell(`profile of plans of ${scene.name} on ${name}`);
    profiles[scene.name] = await profile(stage, scene, scratch);
  }
  return {
    engine: `${name} ${version}`,
    idleMemoryMB: Math.round(idle.peakMemory / MEGABYTE),
    plans,
    api,
    mainThread: profiles,
  };
}

/** What libsolv takes for the plans that a replica makes first. */
async function measurePeer(
  scene: CopyScene,
  world: CopyWorld,
): Promise<PeerFigures[]> {
  const figures: PeerFigures[] = [];
  for (const units of UNITS) {
    const names = scene.select(units, 0).map(({ label }) => label);
    figures.push(await askLibsolv(world, names, PEER_RUNS));
  }
  return figures;
}

function print(
  results: readonly EngineFigures[],
  peer: Record<string, PeerFigures[]>,
): void {
  const rows = results.flatMap(({ engine, plans }) =>
    plans.map(each => ({
      engine,
      world: each.world,
      units: each.units,
      tables: each.coldFromTables,
      files: each.coldFromFiles,
      warm: each.warm.median,
      copy: each.copy.median,
      added: each.added,
      MB: each.peakMemoryMB.tables,
      pause: each.longestPause,
    })),
  );
  const ofPeer = Object.entries(peer).flatMap(([world, all]) =>
    all.map(each => ({
      engine: 'libsolv',
      world,
      units: each.units,
      tables: each.cold,
      files: undefined,
      warm: each.warm.median,
      copy: undefined,
      added: each.added,
      MB: each.peakMemoryMB,
      pause: undefined,
    })),
  );
  console.table([...rows, ...ofPeer]);
  console.table(
    results.flatMap(({ engine, api }) =>
      api.map(({ idle, ...each }) => ({
        engine,
        ...each,
        idleP50: idle.p50,
        idleP99: idle.p99,
      })),
    ),
  );
  for (const { engine, mainThread } of results) {
    for (const [world, { rooms, functions }] of Object.entries(mainThread)) {
      console.log(
        `${engine}, ${world}: percent of the main thread's processor time`,
      );
      console.log(rooms, functions);
    }
  }
}

async function main(args: string[]): Promise<void> {
  const isSmall = args.includes('--small');
  const [source, ...destinations] = args
    .filter(arg => arg !== '--small')
    .map(folder => resolve(folder));
  if (source && !destinations.length) {
    throw new Error('Name the source and one or more folders to copy into.');
  }
  const version = libsolvVersion();
  if (!version) console.error('python3-solv is not installed: no comparison.');
  const scratch = await mkdtemp(join(tmpdir(), 'rpm-bench-'));
  try {
    const sizes = isSmall ? SMALL : FULL_SIZE;
    tell('writing the synthetic metadata');
    const worlds = [await writeSynthetic(join(scratch, 'synthetic'), sizes)];
    if (source) worlds.push({ name: basename(source), source, destinations });
    await withEngines(async engines => {
      const stages: Stage[] = [];
      const peer: Record<string, PeerFigures[]> = {};
      const results: EngineFigures[] = [];
      let scenes: CopyScene[][] = [];
      try {
        for (const engine of engines) {
          stages.push(await openStage(engine, worlds, scratch));
        }
        tell('syncing all metadata on all engines');
        scenes = await Promise.all(
          stages.map(stage => syncWorlds(stage, worlds)),
        );
        for (const stage of stages) await stage.current().stop();
        for (const [index, world] of version ? worlds.entries() : []) {
          tell(`libsolv plans copies of ${world.name}`);
          peer[world.name] = await measurePeer(scenes[0][index], world);
        }
        for (const [index, engine] of engines.entries()) {
          const stage = stages[index];
          results.push(
            await measureEngine(engine, stage, scenes[index], scratch),
          );
          await stage.current().stop();
        }
      } finally {
        // Else a replica would keep this process alive, and its database.
        for (const stage of stages) await stage.current().stop();
      }
      print(results, peer);
      const failures = judgeCopies(results, peer);
      if (isSmall) {
        console.log(failures);
        return;
      }
      await writeReport('copy', {
        benchmark:
          'copy: plans through the service, task time without the wait in the queue, in milliseconds',
        peer: version
          ? `libsolv ${version} by its Python bindings, which know no modules`
          : null,
        seed: SEED,
        worlds: scenes[0].map(({ name, counts }) => ({ name, ...counts })),
        libsolv: peer,
        results,
        failures,
      });
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exitCode = 1;
});

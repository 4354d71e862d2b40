import { basename } from 'path';
import { setTimeout } from 'timers/promises';
import { pathToFileURL } from 'url';
import type { Replica } from '../../replica/Replica';
import { round } from '../statistics';

const MEGABYTE = 1_000_000;
const PAGE = 1_000;
/** For the other threads than the one that was waited for. */
const SETTLING_MILLISECONDS = 2_000;

/** Repositories of which one is copied into the other, as folders with metadata. */
export interface CopyWorld {
  name: string;
  source: string;
  /** Together they are the destination. */
  destinations: readonly string[];
}

/** A package that can be asked for. */
interface SourcePackage {
  href: string;
  /** `name-[epoch:]version-release.arch`, an epoch of 0 left out. */
  label: string;
}

/** What one copy or preview of a copy came to. */
export interface CopyFigures {
  /** From the start of its task to the end. */
  milliseconds: number;
  added: number;
  missing: number;
  /** Of the whole process with its threads, while it ran. */
  peakMemoryMB: number;
  /** The most processor time for which the backend could answer nobody. */
  longestPause: number;
}

/** A world as the service holds it, synced as users sync it. It outlives the replica that synced it. */
export class CopyScene {
  readonly name: string;
  readonly counts: { source: number; destination: number; modules: number };
  readonly #source: string;
  readonly #destination: string;
  readonly #base: number;
  readonly #empty: string;
  readonly #packages: readonly SourcePackage[];

  private constructor(
    name: string,
    repositories: { source: any; destination: any; empty: any },
    versions: { source: any; destination: any },
    packages: readonly SourcePackage[],
  ) {
    const count = (version: any, type: string) =>
      version.content_summary.present[type]?.count ?? 0;
    this.name = name;
    this.counts = {
      source: count(versions.source, 'rpm.package'),
      destination: count(versions.destination, 'rpm.package'),
      modules:
        count(versions.source, 'rpm.modulemd') +
        count(versions.destination, 'rpm.modulemd'),
    };
    this.#source = versions.source.pulp_href;
    this.#destination = repositories.destination.pulp_href;
    this.#base = versions.destination.number;
    this.#empty = repositories.empty.pulp_href;
    this.#packages = packages;
  }

  static async sync(replica: Replica, world: CopyWorld): Promise<CopyScene> {
    const create = (role: string) =>
      replica.call('POST', 'repositories/rpm/rpm/', {
        name: `${world.name} ${role}`,
      });
    const repositories = {
      source: await create('source'),
      destination: await create('destination'),
      empty: await create('empty'),
    };
    await syncFolder(replica, repositories.source, world.source);
    for (const folder of world.destinations) {
      await syncFolder(replica, repositories.destination, folder);
    }
    const latest = async ({ pulp_href: href }: any) => {
      const repository = await replica.call('GET', href);
      return replica.call('GET', repository.latest_version_href);
    };
    const versions = {
      source: await latest(repositories.source),
      destination: await latest(repositories.destination),
    };
    return new CopyScene(
      world.name,
      repositories,
      versions,
      await listPackages(replica, versions.source.pulp_href),
    );
  }

  /** So many packages from all over the source; other ones for each run. */
  select(units: number, run: number): SourcePackage[] {
    const step = this.#packages.length / units;
    // The fractions of multiples of the golden ratio spread over all that there is.
    const shift = ((run + 1) * 0.618034) % 1;
    return Array.from(
      { length: units },
      (_, index) => this.#packages[Math.floor((index + shift) * step)],
    );
  }

  /** Previews a copy into the destination. */
  async preview(
    replica: Replica,
    units: readonly SourcePackage[],
  ): Promise<CopyFigures> {
    return this.#run(replica, units, { dry_run: true });
  }

  /** Copies into the destination as it was synced. */
  async copy(
    replica: Replica,
    units: readonly SourcePackage[],
  ): Promise<CopyFigures> {
    return this.#run(replica, units, {});
  }

  /**
   * Has the worker threads started, which takes a second from sources and is no part of what a plan
   * takes.
   */
  async startThreads(replica: Replica): Promise<void> {
    const { task } = await replica.call('POST', 'publications/rpm/rpm/', {
      repository: this.#empty,
    });
    await completed(replica, task);
    await setTimeout(SETTLING_MILLISECONDS);
  }

  /** Begins to preview a copy of everything. @returns the task */
  async previewWhole(replica: Replica): Promise<string> {
    const { task } = await replica.call('POST', 'rpm/copy/', {
      config: [{ source_repo_version: this.#source, dest_repo: this.#empty }],
      dry_run: true,
    });
    return task;
  }

  /** What a portal asks for while somebody looks at the repositories. */
  reads(): string[] {
    return [
      this.#destination,
      this.#source,
      `${this.#destination}versions/`,
      `content/rpm/packages/?repository_version=${this.#source}&limit=100`,
      'tasks/?limit=10',
    ];
  }

  async #run(
    replica: Replica,
    units: readonly SourcePackage[],
    options: object,
  ): Promise<CopyFigures> {
    await replica.usage();
    const { task: href } = await replica.call('POST', 'rpm/copy/', {
      config: [
        {
          source_repo_version: this.#source,
          dest_repo: this.#destination,
          dest_base_version: this.#base,
          content: units.map(unit => unit.href),
        },
      ],
      ...options,
    });
    const task = await completed(replica, href);
    const { peakMemory, longestPause } = await replica.usage();
    const { counts } = task.result;
    return {
      milliseconds: Date.parse(task.finished_at) - Date.parse(task.started_at),
      added: counts.dependencies,
      missing: counts.missing,
      peakMemoryMB: round(peakMemory / MEGABYTE, 0),
      longestPause: round(longestPause, 0),
    };
  }
}

async function completed(replica: Replica, href: string): Promise<any> {
  const task = await replica.finished(href);
  if (task.state !== 'completed') throw new Error(JSON.stringify(task.error));
  return task;
}

async function syncFolder(
  replica: Replica,
  repository: any,
  folder: string,
): Promise<void> {
  const remote = await replica.call('POST', 'remotes/rpm/rpm/', {
    name: `${repository.name} ${basename(folder)}`,
    url: pathToFileURL(folder).href,
    policy: 'on_demand',
  });
  const { task } = await replica.call('POST', `${repository.pulp_href}sync/`, {
    remote: remote.pulp_href,
  });
  await completed(replica, task);
}

async function listPackages(
  replica: Replica,
  version: string,
): Promise<SourcePackage[]> {
  const packages: SourcePackage[] = [];
  const fields = 'pulp_href,name,epoch,version,release,arch';
  const query = `repository_version=${version}&ordering=name&fields=${fields}&limit=${PAGE}`;
  for (let total = Infinity; packages.length < total; ) {
    const page = await replica.call(
      'GET',
      `content/rpm/packages/?${query}&offset=${packages.length}`,
    );
    total = page.count;
    for (const each of page.results) {
      const epoch = each.epoch === '0' ? '' : `${each.epoch}:`;
      packages.push({
        href: each.pulp_href,
        label: `${each.name}-${epoch}${each.version}-${each.release}.${each.arch}`,
      });
    }
  }
  return packages;
}

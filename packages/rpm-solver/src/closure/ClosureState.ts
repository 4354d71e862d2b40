import { installsOn, isSourceArch } from '../architecture/architectures';
import { findBroken } from '../installability/findBroken';
import { Compatibility } from '../pool/Compatibility';
import type { ModuleId, PackageId, Pool, PoolRepository } from '../pool/Pool';
import type { ClosureEntry, ClosureRequest } from './request';

/** A package or module at a destination: `site * stride + position`, packages before modules. */
export type NodeId = number;

export const NO_NODE: NodeId = -1;

/** How a unit comes to be at a destination; bits, because a held unit may be requested too. */
export const HELD = 1;
export const REQUESTED = 2;
export const COPIED = 4;

/** An entry with its source looked up. */
export interface SiteEntry {
  /** Position in the request. */
  index: number;
  entry: ClosureEntry;
  source: PoolRepository;
}

/** One destination of a request, with the entries that feed it. */
export interface Site {
  index: number;
  destination: PoolRepository;
  /** In the order of the request. */
  entries: SiteEntry[];
  /** 1 for each package that one of its sources holds. */
  packages: Uint8Array;
  /** 1 for each module that one of its sources holds. */
  modules: Uint8Array;
  /** 1 for each package of the destination that the destination alone cannot keep installable. */
  brokenAlone: Uint8Array;
  /** `name:stream` of the modules whose stream is the default in the destination or a source. */
  defaultStreams: ReadonlySet<string>;
  /** The machine architecture it serves, when the request says so. */
  machine?: string;
  /** The architecture to prefer for packages that have none: the commonest one there. */
  mainArch: string;
}

/**
 * What is where: which units each destination holds, is asked to take, and takes besides. The one
 * thing that changes while a plan is made.
 */
export class ClosureState {
  readonly pool: Pool;
  readonly request: ClosureRequest;
  readonly compatibility: Compatibility;
  readonly sites: readonly Site[];
  readonly stride: number;
  /** By node: HELD, REQUESTED, COPIED; 0 when the unit is not there. */
  readonly presence: Uint8Array;
  /** Modules that come with their artifacts, not only to make a package usable. */
  readonly wholeModules = new Set<NodeId>();
  /** 1 for each package that cannot be installed from all repositories of the request together. */
  readonly broken: Uint8Array;
  /** The machine architecture that all destinations serve, if it is the same. */
  readonly machine?: string;

  constructor(pool: Pool, request: ClosureRequest) {
    this.pool = pool;
    this.request = request;
    this.compatibility = Compatibility.of(pool);
    this.sites = toSites(pool, request);
    this.stride = pool.packageCount + pool.moduleCount;
    this.presence = new Uint8Array(this.sites.length * this.stride);
    for (const { index, destination } of this.sites) {
      const start = index * this.stride;
      this.presence.set(destination.packages, start);
      this.presence.set(destination.modules, start + pool.packageCount);
    }
    this.machine = commonMachine(this.sites);
    this.broken = findBroken(
      pool,
      this.sites.flatMap(({ destination, entries }) => [
        destination,
        ...entries.map(({ source }) => source),
      ]),
      { ...request, architecture: this.machine },
    );
  }

  packageNode(site: number, id: PackageId): NodeId {
    return site * this.stride + id;
  }

  moduleNode(site: number, id: ModuleId): NodeId {
    return site * this.stride + this.pool.packageCount + id;
  }

  siteOf(node: NodeId): number {
    return Math.trunc(node / this.stride);
  }

  isModule(node: NodeId): boolean {
    return node % this.stride >= this.pool.packageCount;
  }

  packageOf(node: NodeId): PackageId {
    return node % this.stride;
  }

  moduleOf(node: NodeId): ModuleId {
    return (node % this.stride) - this.pool.packageCount;
  }

  /** Whether the unit is asked for or taken along, not merely held. */
  isCopied(node: NodeId): boolean {
    return (this.presence[node] & (REQUESTED | COPIED)) !== 0;
  }

  /** Whether some source or destination has the package. */
  isInRequest(id: PackageId): boolean {
    return this.sites.some(
      ({ destination, packages }) =>
        destination.packages[id] === 1 || packages[id] === 1,
    );
  }

  /** Whether a package is there and fits the machine and the architecture of one that requires it. */
  couldServe(requirer: NodeId, id: PackageId): boolean {
    const { machine } = this.sites[this.siteOf(requirer)];
    return (
      this.isInRequest(id) &&
      this.compatibility.archsMeet(this.packageOf(requirer), id) &&
      (machine === undefined || installsOn(machine, this.pool.arch(id)))
    );
  }

  /**
   * Whether a package at a destination has to be looked into: held packages that the destination
   * keeps installable by itself need no one's help.
   */
  needsCare(node: NodeId): boolean {
    return (
      this.isCopied(node) ||
      this.sites[this.siteOf(node)].brokenAlone[this.packageOf(node)] === 1
    );
  }

  /** Whether the request cares about what the package requires. */
  hasRequirements(id: PackageId): boolean {
    return (
      this.request.sourceRequires === true || !isSourceArch(this.pool.arch(id))
    );
  }

  /** Destinations, then units in the pool's order, packages before modules. */
  compareNodes(a: NodeId, b: NodeId): number {
    const order =
      this.siteOf(a) - this.siteOf(b) ||
      Number(this.isModule(a)) - Number(this.isModule(b));
    if (order !== 0) {
      return order;
    }
    return this.isModule(a)
      ? this.pool.order.compareModules(this.moduleOf(a), this.moduleOf(b))
      : this.pool.order.compare(this.packageOf(a), this.packageOf(b));
  }
}

function toSites(pool: Pool, request: ClosureRequest): Site[] {
  const groups = new Map<string, SiteEntry[]>();
  request.entries.forEach((entry, index) => {
    const group = groups.get(entry.destination) ?? [];
    groups.set(entry.destination, group);
    group.push({ index, entry, source: pool.repository(entry.source) });
  });
  return [...groups].map(([key, entries], index) => {
    const destination = pool.repository(key);
    const sources = entries.map(({ source }) => source);
    const packages = unionOf(sources.map(source => source.packages));
    const machine = machineOf(key, entries);
    return {
      index,
      destination,
      entries,
      packages,
      modules: unionOf(sources.map(source => source.modules)),
      brokenAlone: findBroken(pool, [destination], {
        ...request,
        architecture: machine,
      }),
      defaultStreams: new Set(
        [destination, ...sources].flatMap(repository =>
          [...repository.defaultStreams].map(
            ([name, stream]) => `${name}:${stream}`,
          ),
        ),
      ),
      machine,
      mainArch:
        machine ??
        pool.derive(
          JSON.stringify(['arch', key, sources.map(of => of.key)]),
          () => commonestArch(pool, [destination.packages, packages]),
        ),
    };
  });
}

function machineOf(
  destination: string,
  entries: readonly SiteEntry[],
): string | undefined {
  const [machine, ...others] = new Set(
    entries.flatMap(({ entry }) => entry.architecture ?? []),
  );
  if (others.length > 0) {
    throw new Error(
      `Entries name different architectures for '${destination}'`,
    );
  }
  return machine;
}

/** The machine that all destinations serve, if it is the same. */
function commonMachine(sites: readonly Site[]): string | undefined {
  const [first, ...rest] = sites.map(({ machine }) => machine);
  return rest.every(machine => machine === first) ? first : undefined;
}

function unionOf(sets: readonly Uint8Array[]): Uint8Array {
  const [first, ...rest] = sets;
  if (rest.length === 0) {
    return first;
  }
  const union = first.slice();
  for (const set of rest) {
    set.forEach((member, id) => {
      union[id] |= member;
    });
  }
  return union;
}

/** The architecture that most packages of the first set that has any are built for. */
function commonestArch(pool: Pool, sets: readonly Uint8Array[]): string {
  const { archIds, archs } = pool.columns;
  for (const set of sets) {
    const counts = new Array<number>(archs.length).fill(0);
    set.forEach((member, id) => {
      counts[archIds[id]] += member;
    });
    const [commonest] = archs
      .map((arch, i) => ({ arch, count: counts[i] }))
      .filter(
        ({ arch, count }) =>
          count > 0 && arch !== 'noarch' && !isSourceArch(arch),
      )
      .sort((a, b) => b.count - a.count || (a.arch < b.arch ? -1 : 1));
    if (commonest) {
      return commonest.arch;
    }
  }
  return 'noarch';
}

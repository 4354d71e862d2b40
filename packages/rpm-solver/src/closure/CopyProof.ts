import { checkCancelled } from '../cancellation';
import { Installability } from '../installability/Installability';
import type { InstallSource } from '../installability/InstallRules';
import type { PackageId, RequirementId } from '../pool/Pool';
import {
  type ClosureState,
  COPIED,
  HELD,
  type NodeId,
  REQUESTED,
} from './ClosureState';
import type { CopyTrace } from './CopyTrace';
import { Preference } from './Preference';
import type { WeakLink } from './WeakDependencies';

const PACKAGES_PER_CHECK = 64;

/** Where the units are with which some packages can be installed together. */
export interface Installation {
  /** A copied package, or one that is wished for and the one that has the wish. */
  of: readonly NodeId[];
  /** All of it. */
  members: readonly NodeId[];
}

/**
 * Proves of each copied package that the destinations keep it installable by itself, and brings what
 * a proof takes besides: the greedy closure meets each requirement on its own, and what it chose for two
 * of them can exclude each other.
 */
export class CopyProof {
  /** Of copied packages that needed more than was decided. */
  readonly installations: Installation[] = [];
  /** Copied packages that cannot be installed from everything that the request names. */
  readonly hopeless = new Set<NodeId>();
  readonly #state: ClosureState;
  readonly #preference: Preference;
  /** Packages and wishes for which an installation is kept. */
  readonly #mended = new Set<NodeId | WeakLink>();
  /** By item, one more than its rank; 0 where nobody has asked since the last look at everything. */
  readonly #ranks: Uint8Array;
  #everything?: Installability;
  #kept?: Installability;

  constructor(state: ClosureState) {
    this.#state = state;
    this.#preference = new Preference(state);
    this.#ranks = new Uint8Array(state.stride);
  }

  /**
   * Proves what the trace keeps.
   *
   * @returns whether units were added, so that it has to be traced anew
   * @throws CancelledError
   */
  extend(trace: CopyTrace, weakLinks: readonly WeakLink[] = []): boolean {
    const before = this.#kept;
    this.#ranks.fill(0);
    this.#kept = this.#installability(this.#keptBy(trace));
    if (before) this.#kept.inherit(before);
    let isComplete = true;
    for (const [done, node] of trace.copiedPackages().entries()) {
      if (done % PACKAGES_PER_CHECK === 0) checkCancelled(this.#state.request);
      if (
        this.#mended.has(node) ||
        this.hopeless.has(node) ||
        this.isProven(node)
      ) {
        continue;
      }
      const found = this.#isBroken(node)
        ? undefined
        : this.#fromEverything().findInstallation(this.#state.packageOf(node));
      if (found) {
        this.#mended.add(node);
        this.#keepInstallation([node], found);
        isComplete = false;
      } else {
        this.hopeless.add(node);
      }
    }
    for (const [done, link] of weakLinks.entries()) {
      if (done % PACKAGES_PER_CHECK === 0) checkCancelled(this.#state.request);
      const { node, from } = link;
      const items = [node, from].map(each => this.#state.packageOf(each));
      if (
        trace.links.has(from) &&
        !this.#mended.has(link) &&
        !this.#kept.areInstallable(items)
      ) {
        this.#mended.add(link);
        // Both together are possible, or the one would not have come for the other.
        const found = this.#fromEverything().findInstallation(...items)!;
        this.#keepInstallation([node, from], found);
        isComplete = false;
      }
    }
    return !isComplete;
  }

  /** Whether two packages can be installed together from everything that the request names. */
  canBeTogether(a: PackageId, b: PackageId): boolean {
    return this.#fromEverything().areInstallable([a, b]);
  }

  /** Whether what the last trace keeps lets a package be installed. */
  isProven(node: NodeId): boolean {
    return (
      !this.#isBroken(node) &&
      this.#kept!.isInstallable(this.#state.packageOf(node))
    );
  }

  /**
   * Whether a package lacks something that matters. What a destination held before may lack what it
   * could have: once the proofs are complete, nothing that is copied needs it.
   */
  isInNeed(node: NodeId): boolean {
    return !(
      this.isProven(node) ||
      (!this.#state.isCopied(node) &&
        !this.#isBroken(node) &&
        this.#fromEverything().isInstallable(this.#state.packageOf(node)))
    );
  }

  /**
   * What of the requirements of a hopeless package cannot be had, or not together; empty when it is
   * something else that keeps the package from being installed.
   */
  culprits(node: NodeId): RequirementId[] {
    const { pool } = this.#state;
    const { starts, values } = pool.columns.requires;
    const id = this.#state.packageOf(node);
    if (!this.#fromEverything().has(id)) return [];
    const all = [...values.subarray(starts[id], starts[id + 1])].sort((a, b) =>
      pool.compareRequirements(a, b),
    );
    return this.#fromEverything().findCulprits(id, all);
  }

  #keepInstallation(of: readonly NodeId[], items: readonly number[]): void {
    const home = this.#state.siteOf(of[0]);
    this.installations.push({
      of,
      members: items.map(item => this.#place(home, item)),
    });
  }

  /** What not even the coarser look found installable is not searched for. */
  #isBroken(node: NodeId): boolean {
    return this.#state.broken[this.#state.packageOf(node)] === 1;
  }

  /** Where a unit is, or is put when it is nowhere: with the package that it serves if possible. */
  #place(home: number, item: number): NodeId {
    const { sites, stride, presence } = this.#state;
    const [own, ...others] = [
      sites[home],
      ...sites.filter(({ index }) => index !== home),
    ].map(({ index }) => index * stride + item);
    const there = [own, ...others].find(node => presence[node] !== 0);
    if (there !== undefined) return there;
    const node = [own, ...others].find(each => this.#isOffered(each))!;
    presence[node] = COPIED;
    this.#ranks[item] = 0;
    return node;
  }

  #isOffered(node: NodeId): boolean {
    const site = this.#state.sites[this.#state.siteOf(node)];
    return this.#state.isModule(node)
      ? site.modules[this.#state.moduleOf(node)] === 1
      : site.packages[this.#state.packageOf(node)] === 1;
  }

  #keptBy(trace: CopyTrace): (node: NodeId) => boolean {
    const { presence } = this.#state;
    return node =>
      (presence[node] & (HELD | REQUESTED)) !== 0 ||
      (presence[node] === COPIED && trace.links.has(node));
  }

  #fromEverything(): Installability {
    this.#everything ??= this.#installability(
      node => this.#state.presence[node] !== 0 || this.#isOffered(node),
    );
    return this.#everything;
  }

  #installability(isThere: (node: NodeId) => boolean): Installability {
    const { pool, sites, stride, request } = this.#state;
    const packages = new Uint8Array(pool.packageCount);
    const modules = new Uint8Array(pool.moduleCount);
    for (const { index } of sites) {
      for (let item = 0; item < stride; item++) {
        if (!isThere(index * stride + item)) continue;
        if (item < pool.packageCount) packages[item] = 1;
        else modules[item - pool.packageCount] = 1;
      }
    }
    const source: InstallSource = {
      packages,
      modules,
      architecture: this.#state.machine,
      sourceRequires: request.sourceRequires,
    };
    return new Installability(pool, source, {
      shouldCancel: request.shouldCancel,
      compare: (a, b) => this.#compare(a, b),
    });
  }

  /** What is there comes first, then packages of no module or a present or default one, the newest. */
  #compare(a: number, b: number): number {
    const { pool } = this.#state;
    const { packageCount } = pool;
    const there = this.#rank(a) - this.#rank(b);
    if (there !== 0) return there;
    if (a >= packageCount) {
      return b >= packageCount
        ? pool.order.compareModules(a - packageCount, b - packageCount)
        : 1;
    }
    if (b >= packageCount) return -1;
    return pool.columns.names[a] === pool.columns.names[b]
      ? pool.order.compare(b, a)
      : pool.order.compare(a, b);
  }

  #rank(item: number): number {
    if (this.#ranks[item] === 0) this.#ranks[item] = this.#findRank(item) + 1;
    return this.#ranks[item] - 1;
  }

  #findRank(item: number): number {
    const { sites, stride, pool } = this.#state;
    const nodes = sites.map(({ index }) => index * stride + item);
    if (nodes.some(node => this.#state.presence[node] !== 0)) return 0;
    if (item >= pool.packageCount) return 1;
    const node = nodes.find(each => this.#isOffered(each)) ?? nodes[0];
    const { mainArch } = sites[this.#state.siteOf(node)];
    const arch = pool.arch(item);
    return (
      1 +
      this.#preference.module(node) * 2 +
      (arch === mainArch || arch === 'noarch' ? 0 : 1)
    );
  }
}

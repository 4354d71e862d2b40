import { installsOn } from '../architecture/architectures';
import type { PackageId } from '../pool/Pool';
import type { PackageSet, Requirement } from '../requirement/Requirement';
import {
  type ClosureState,
  NO_NODE,
  type NodeId,
  type Site,
} from './ClosureState';
import { Preference } from './Preference';

/** How far a candidate is from meeting the requirement for good. */
const USABLE = 0;
const BROKEN = 1;
const CLASHING = 2;

/** What {@link ProviderChoice.pick} may do. */
export interface PickOptions {
  /** Also consider packages that would have to be copied. */
  copying: boolean;
  /** Prefer the newest package to what the destination holds. */
  upgrade?: boolean;
  /** Breaks a tie: how many further packages a candidate would bring. */
  further?: (node: NodeId) => number;
}

/** A provider picked, and what was to choose from. */
export interface Pick {
  /** The provider where it is or would go; {@link NO_NODE} when there is none. */
  node: NodeId;
  /** How many candidates were as usable as the one picked. */
  options: number;
  /** The one picked can never be installed along with the package that requires it. */
  clashes: boolean;
  /** The one picked is there and needs nothing more at its destination. */
  settled: boolean;
}

const NOTHING: Pick = {
  node: NO_NODE,
  options: 0,
  clashes: false,
  settled: false,
};

/**
 * Chooses who meets a requirement: candidates that can be installed at all come first, then the
 * requirer's own destination, then what is there already (or, upgrading, the newest), modules present
 * or default, the newest EVR of each name, the requirer's architecture, its source, fewer further
 * packages, the name.
 */
export class ProviderChoice {
  readonly #state: ClosureState;
  readonly #preference: Preference;

  constructor(state: ClosureState) {
    this.#state = state;
    this.#preference = new Preference(state);
  }

  /** Picks a provider for a requirement of the package at `requirer`. */
  pick(requirer: NodeId, candidates: Int32Array, options: PickOptions): Pick {
    const state = this.#state;
    const site = state.sites[state.siteOf(requirer)];
    const owner = state.packageOf(requirer);
    const best: NodeId[] = [];
    let bestRank = Infinity;
    let bestLevel = Infinity;
    let count = 0;

    for (const id of candidates) {
      if (id === owner) {
        return { node: requirer, options: 1, clashes: false, settled: true };
      }
      const node = this.#locate(site, id, options.copying);
      if (node === NO_NODE || !this.#fits(site, owner, id)) {
        continue;
      }
      const elsewhere = state.siteOf(node) === site.index ? 0 : 1;
      const level = this.#usability(owner, id) * 2 + elsewhere;
      if (level > bestLevel) {
        continue;
      }
      count = level < bestLevel ? 1 : count + 1;
      bestLevel = level;
      const there = options.upgrade
        ? this.#preference.heldName(site.index, id, candidates)
        : this.#preference.presence(node);
      const rank = (level * 4 + there) * 2 + this.#preference.module(node);
      if (rank < bestRank) {
        bestRank = rank;
        best.length = 0;
      }
      if (rank === bestRank) {
        best.push(node);
      }
    }
    if (best.length === 0) {
      return NOTHING;
    }
    const node =
      best.length === 1 ? best[0] : this.#breakTie(requirer, best, options);
    return {
      node,
      options: count,
      clashes: bestLevel >= CLASHING * 2,
      settled: this.#preference.presence(node) === 0,
    };
  }

  /**
   * Whether a requirement is met by what is there, at the requirer's destination or another one of
   * the request. Conditions count by whether they could hold, so `(a if b)` asks for `a` as soon as
   * there is a `b`; `(a unless b)` can be met without a `b`, so it asks for `a` only.
   */
  holds(requirer: NodeId, requirement: Requirement): boolean {
    switch (requirement.kind) {
      case 'any':
        return this.witness(requirer, requirement.of) !== NO_NODE;
      case 'and':
        return requirement.operands.every(part => this.holds(requirer, part));
      case 'or':
        return requirement.operands.some(part => this.holds(requirer, part));
      case 'if':
        return this.holds(requirer, requirement.condition)
          ? this.holds(requirer, requirement.then)
          : !requirement.otherwise ||
              this.holds(requirer, requirement.otherwise);
      default:
        return (
          this.holds(requirer, requirement.then) ||
          (requirement.otherwise !== undefined &&
            this.holds(requirer, requirement.otherwise) &&
            this.holds(requirer, requirement.condition))
        );
    }
  }

  /** A package of the set that is there and can stand beside the requirer. */
  witness(requirer: NodeId, set: PackageSet): NodeId {
    const picked = this.pick(requirer, this.#state.pool.packagesIn(set), {
      copying: false,
    });
    return picked.clashes ? NO_NODE : picked.node;
  }

  /** Where a package is or, copying, would go: the site's own destination before others. */
  #locate(site: Site, id: PackageId, copying: boolean): NodeId {
    const own = this.#locateAt(site, id, copying);
    if (own !== NO_NODE) {
      return own;
    }
    for (const mayCopy of copying ? [false, true] : [false]) {
      for (const other of this.#state.sites) {
        const node = this.#locateAt(other, id, mayCopy);
        if (node !== NO_NODE) {
          return node;
        }
      }
    }
    return NO_NODE;
  }

  #locateAt(site: Site, id: PackageId, copying: boolean): NodeId {
    const node = this.#state.packageNode(site.index, id);
    return this.#state.presence[node] !== 0 ||
      (copying && site.packages[id] === 1)
      ? node
      : NO_NODE;
  }

  #fits(site: Site, owner: PackageId, id: PackageId): boolean {
    const { pool, compatibility } = this.#state;
    return (
      compatibility.archsMeet(owner, id) &&
      (site.machine === undefined || installsOn(site.machine, pool.arch(id)))
    );
  }

  #usability(owner: PackageId, id: PackageId): number {
    if (this.#state.compatibility.clash(owner, id)) {
      return CLASHING;
    }
    return this.#state.broken[id] === 1 ? BROKEN : USABLE;
  }

  #breakTie(
    requirer: NodeId,
    equals: readonly NodeId[],
    options: PickOptions,
  ): NodeId {
    const preference = this.#preference;
    let rest = preference.newestOfEachName(equals);
    if (options.upgrade) {
      rest = leastBy(rest, node => preference.presence(node));
    }
    rest = leastBy(rest, node => preference.arch(requirer, node));
    rest = leastBy(rest, node => preference.source(requirer, node));
    if (options.further) {
      rest = leastBy(rest, options.further);
    }
    return rest.reduce((first, node) =>
      this.#state.pool.compare(
        this.#state.packageOf(node),
        this.#state.packageOf(first),
      ) < 0
        ? node
        : first,
    );
  }
}

function leastBy(nodes: NodeId[], measure: (node: NodeId) => number): NodeId[] {
  if (nodes.length < 2) {
    return nodes;
  }
  const measured = nodes.map(measure);
  const least = Math.min(...measured);
  return nodes.filter((_, i) => measured[i] === least);
}

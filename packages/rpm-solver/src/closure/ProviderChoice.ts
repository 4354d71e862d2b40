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

/** What may be chosen, and how. */
export interface PickOptions {
  /** Also consider packages that would have to be copied. */
  copying: boolean;
  /** Prefer the newest package to what the destination holds. */
  upgrade?: boolean;
  /** Breaks a tie: how many further packages a candidate would bring. */
  further?: (node: NodeId) => number;
}

/** The candidates for a requirement, as far as they can be told apart at once. */
export interface Survey {
  /** The best candidates, where they are or would go. Empty when nothing meets the requirement. */
  best: readonly NodeId[];
  /** How many candidates are as usable as these, preferred or not. */
  options: number;
  /** The best can never be installed along with the package that requires them. */
  clashes: boolean;
  /** The best are there and need nothing more at their destination. */
  settled: boolean;
  /** The best can be installed, and are or go where the requirer is: none could serve better. */
  flawless: boolean;
}

/** A provider picked. */
export interface Pick {
  /** {@link NO_NODE} when there is none. */
  node: NodeId;
  /** It can never be installed along with the package that requires it. */
  clashes: boolean;
  /** It is there and needs nothing more at its destination. */
  settled: boolean;
}

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
    const survey = this.survey(requirer, candidates, options);
    const node = this.#breakTie(requirer, survey.best, options);
    return {
      node,
      clashes: survey.clashes,
      settled: node !== NO_NODE && this.#preference.presence(node) === 0,
    };
  }

  /**
   * Finds the best candidates, which the finer points of preference then have to tell apart. A plan
   * asks this a hundred thousand times.
   */
  survey(
    requirer: NodeId,
    candidates: Int32Array,
    { copying, upgrade }: PickOptions,
  ): Survey {
    const { sites, stride, presence } = this.#state;
    const site = sites[this.#state.siteOf(requirer)];
    const start = site.index * stride;
    const owner = requirer - start;
    const best: NodeId[] = [];
    let bestRank = Infinity;
    let bestLevel = Infinity;
    let options = 0;

    for (let i = 0; i < candidates.length; i++) {
      const id = candidates[i];
      if (id === owner) {
        return {
          best: [requirer],
          options: 1,
          clashes: false,
          settled: true,
          flawless: false,
        };
      }
      let node = start + id;
      let level = 0;
      if (presence[node] === 0 && !(copying && site.packages[id] === 1)) {
        node = this.#locateElsewhere(site, id, copying);
        level = 1;
      }
      if (node === NO_NODE || !this.#fits(site, owner, id)) {
        continue;
      }
      level += this.#usability(owner, id) * 2;
      if (level > bestLevel) {
        continue;
      }
      options = level < bestLevel ? 1 : options + 1;
      bestLevel = level;
      const there = upgrade
        ? this.#preference.heldName(site.index, id, candidates)
        : this.#preference.presence(node, !copying);
      const rank = (level * 4 + there) * 2 + this.#preference.module(node);
      if (rank < bestRank) {
        bestRank = rank;
        best.length = 0;
      }
      if (rank === bestRank) {
        best.push(node);
      }
    }
    return {
      best,
      options,
      clashes: best.length > 0 && bestLevel >= CLASHING * 2,
      settled:
        best.length > 0 &&
        (!upgrade || best.length === 1) &&
        this.#preference.presence(best[0]) === 0,
      flawless: bestLevel === 0,
    };
  }

  /**
   * Whether a requirement is met by what is there, at the requirer's destination or another one of
   * the request. Conditions count by whether they could hold, so `(a if b)` asks for `a` as soon as
   * there is a `b`; `(a unless b)` can be met without a `b`, so it asks for `a` only.
   */
  holds(requirer: NodeId, requirement: Requirement): boolean {
    switch (requirement.kind) {
      case 'any': {
        const { best, clashes } = this.survey(
          requirer,
          this.#state.pool.packagesIn(requirement.of),
          { copying: false },
        );
        return best.length > 0 && !clashes;
      }
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
    const { node, clashes } = this.pick(
      requirer,
      this.#state.pool.packagesIn(set),
      { copying: false },
    );
    return clashes ? NO_NODE : node;
  }

  /** Where another destination than the site's has a package or, copying, would get it. */
  #locateElsewhere(site: Site, id: PackageId, copying: boolean): NodeId {
    const { sites, presence } = this.#state;
    let wouldGo = NO_NODE;
    for (const other of sites.length > 1 ? sites : []) {
      const node = this.#state.packageNode(other.index, id);
      if (other !== site && presence[node] !== 0) {
        return node;
      }
      if (copying && wouldGo === NO_NODE && other.packages[id] === 1) {
        wouldGo = node;
      }
    }
    return wouldGo;
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
    if (equals.length < 2) {
      return equals[0] ?? NO_NODE;
    }
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
      this.#state.pool.order.compare(
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

import type { PackageId } from '../pool/Pool';
import { type ClosureState, COPIED, HELD, type NodeId } from './ClosureState';
import { hasDefaultStream } from './modules';

/**
 * Ranks the candidates for one requirement; lower is better. The order in which the ranks apply is
 * that of the design document, "Copy"; {@link ProviderChoice} applies them.
 */
export class Preference {
  readonly #state: ClosureState;

  constructor(state: ClosureState) {
    this.#state = state;
  }

  /**
   * 0: there and in no need of more; 1: held, but its destination lacks what it needs; 2: not there.
   *
   * @param onlyThere - nothing is to be copied any more: 1 for what is copied and could turn out idle, 2 for
   *   what lacks something
   */
  presence(node: NodeId, onlyThere = false): number {
    const bits = this.#state.presence[node];
    if (bits === 0) {
      return 2;
    }
    const lacks = bits === HELD && this.#state.needsCare(node) ? 1 : 0;
    return onlyThere ? lacks * 2 + Number(bits === COPIED) : lacks;
  }

  /** 0 when the destination has a candidate of that name: an upgrade stays with what is there. */
  heldName(site: number, id: PackageId, candidates: Int32Array): number {
    const { pool, presence } = this.#state;
    const { names } = pool.columns;
    return candidates.some(
      other =>
        names[other] === names[id] &&
        presence[this.#state.packageNode(site, other)] !== 0,
    )
      ? 0
      : 1;
  }

  /** 0 for packages outside modules and for those whose module is there or a default; else 1. */
  module(node: NodeId): number {
    const { pool, presence, sites } = this.#state;
    const { starts, values } = pool.columns.modulesOfPackage;
    const id = this.#state.packageOf(node);
    if (starts[id] === starts[id + 1] || presence[node] !== 0) {
      return 0;
    }
    const site = sites[this.#state.siteOf(node)];
    let modular = false;
    for (let i = starts[id]; i < starts[id + 1]; i++) {
      const moduleId = values[i];
      const offered = site.modules[moduleId] === 1;
      if (
        presence[this.#state.moduleNode(site.index, moduleId)] !== 0 ||
        (offered && hasDefaultStream(site, pool.columns.modules[moduleId]))
      ) {
        return 0;
      }
      modular ||= offered;
    }
    return modular ? 1 : 0;
  }

  /** 0: the requirer's architecture; 1: none, or the commonest one there; 2: another one. */
  arch(requirer: NodeId, node: NodeId): number {
    const { pool, sites } = this.#state;
    const wanted = pool.arch(this.#state.packageOf(requirer));
    const arch = pool.arch(this.#state.packageOf(node));
    if (arch === wanted) {
      return 0;
    }
    const { mainArch } = sites[this.#state.siteOf(node)];
    return arch === 'noarch' || arch === mainArch ? 1 : 2;
  }

  /** 0 when a source of that destination has the requirer and the candidate. */
  source(requirer: NodeId, node: NodeId): number {
    const owner = this.#state.packageOf(requirer);
    const id = this.#state.packageOf(node);
    const { entries } = this.#state.sites[this.#state.siteOf(node)];
    return entries.some(
      ({ source }) => source.packages[owner] === 1 && source.packages[id] === 1,
    )
      ? 0
      : 1;
  }

  /** Drops every candidate of which a newer one of the same name is among them. */
  newestOfEachName(nodes: readonly NodeId[]): NodeId[] {
    const { pool } = this.#state;
    const newest = new Map<number, NodeId[]>();
    for (const node of nodes) {
      const id = this.#state.packageOf(node);
      const name = pool.columns.names[id];
      const known = newest.get(name);
      const order = known
        ? pool.order.compareEvr(id, this.#state.packageOf(known[0]))
        : 1;
      if (order > 0) {
        newest.set(name, [node]);
      } else if (order === 0) {
        known?.push(node);
      }
    }
    return [...newest.values()].flat();
  }
}

import { installsOn, isSourceArch } from '../architecture/architectures';
import type { PackageId, Pool, RequirementId } from '../pool/Pool';
import type { PackageSet, Requirement } from '../requirement/Requirement';
import { setsOf } from '../requirement/setsOf';
import {
  type ClosureState,
  HELD,
  NO_NODE,
  type NodeId,
  REQUESTED,
} from './ClosureState';
import type { CopyDecision } from './CopyDecision';
import type { CopyProof } from './CopyProof';
import type { CopyTrace } from './CopyTrace';
import { Preference } from './Preference';
import type { ProviderChoice } from './ProviderChoice';

/** A package that comes along because it is wanted, not needed. */
export interface WeakLink {
  node: NodeId;
  /** The package that recommends it, or that it supplements. */
  from: NodeId;
  reason: 'recommends' | 'supplements';
  /** The relation, of the one that names the other. */
  id: RequirementId;
}

/**
 * Brings what copied packages recommend and what supplements them, once everything that they need is
 * settled.
 *
 * @remarks
 * A wish is granted only by a package that can be installed along with the one that wants it and that no
 * module stream has to come for that is neither there nor a default; so nothing is missing on account of
 * a wish. What destinations held before wishes for nothing: they would change by every copy.
 */
export class WeakDependencies {
  /** What has been brought so far. */
  readonly links: WeakLink[] = [];
  readonly #brought = new Set<NodeId>();
  readonly #state: ClosureState;
  readonly #choice: ProviderChoice;
  readonly #decision: CopyDecision;
  readonly #proof: CopyProof;
  readonly #preference: Preference;
  #trace!: CopyTrace;

  constructor(
    state: ClosureState,
    choice: ProviderChoice,
    decision: CopyDecision,
    proof: CopyProof,
  ) {
    this.#state = state;
    this.#choice = choice;
    this.#decision = decision;
    this.#proof = proof;
    this.#preference = new Preference(state);
  }

  /**
   * Grants the wishes of what a trace keeps.
   *
   * @returns whether units were added, so that it has to be traced anew
   * @throws CancelledError
   */
  extend(trace: CopyTrace): boolean {
    this.#trace = trace;
    const before = this.links.length;
    const copied = trace
      .copiedPackages()
      .filter(node => !isSourceArch(this.#archOf(node)));
    for (const node of copied) this.#followRecommends(node);
    this.#followSupplements(copied);
    return this.links.length > before;
  }

  #followRecommends(node: NodeId): void {
    const { pool } = this.#state;
    const { starts, values } = pool.columns.recommends;
    const id = this.#state.packageOf(node);
    if (starts[id] === starts[id + 1]) return;
    const wishes = [...values.subarray(starts[id], starts[id + 1])];
    for (const wish of wishes.sort((a, b) => pool.compareRequirements(a, b))) {
      this.#grant(node, wish, pool.requirement(wish));
    }
  }

  /** @returns whether the wish is granted now */
  #grant(node: NodeId, id: RequirementId, wish: Requirement): boolean {
    const grant = (part: Requirement) => this.#grant(node, id, part);
    if (this.#holds(node, wish)) return true;
    switch (wish.kind) {
      case 'any':
        return this.#bring(node, this.#state.pool.packagesIn(wish.of), id);
      case 'and':
        // Not `every`: what can be had of it is wanted all the same.
        return wish.operands.map(grant).every(Boolean);
      case 'or':
        return wish.operands.some(grant);
      default: {
        const part =
          this.#holds(node, wish.condition) === (wish.kind === 'if')
            ? wish.then
            : wish.otherwise;
        return part !== undefined && grant(part);
      }
    }
  }

  #followSupplements(copied: readonly NodeId[]): void {
    const { pool, sites } = this.#state;
    const copiedIds = new Set(copied.map(node => this.#state.packageOf(node)));
    for (const ids of supplementing(pool)) {
      const offered = ids.filter(id =>
        sites.some(({ packages }) => packages[id] === 1),
      );
      if (offered.length === 0 || ids.some(id => this.#isKept(id))) continue;
      const reasons = new Map<PackageId, Omit<WeakLink, 'node'>>();
      for (const id of offered) {
        const reason = this.#reasonsOf(id, copied, copiedIds).find(({ from }) =>
          this.#canJoin(from, id),
        );
        if (reason) reasons.set(id, reason);
      }
      const [first] = reasons.values();
      if (!first) continue;
      const { node } = this.#choice.pick(
        first.from,
        Int32Array.from(reasons.keys()),
        { copying: true },
      );
      const id = this.#state.packageOf(node);
      if (node !== NO_NODE) this.#add({ ...reasons.get(id)!, node });
    }
  }

  /** Each relation of a package that lets it supplement a copied one, with that one. */
  #reasonsOf(
    id: PackageId,
    copied: readonly NodeId[],
    copiedIds: ReadonlySet<PackageId>,
  ): Omit<WeakLink, 'node'>[] {
    const { pool } = this.#state;
    const { starts, values } = pool.columns.supplements;
    return [...values.subarray(starts[id], starts[id + 1])]
      .sort((a, b) => pool.compareRequirements(a, b))
      .flatMap(relation => {
        const from = this.#supplemented(id, relation, copied, copiedIds);
        return from === undefined
          ? []
          : [{ from, id: relation, reason: 'supplements' as const }];
      });
  }

  /** The first copied package on whose account the relation of a supplement holds. */
  #supplemented(
    id: PackageId,
    relation: RequirementId,
    copied: readonly NodeId[],
    copiedIds: ReadonlySet<PackageId>,
  ): NodeId | undefined {
    const { pool } = this.#state;
    const requirement = pool.requirement(relation);
    const named = new Set(
      setsOf(requirement)
        .flatMap(set => [...pool.packagesIn(set)])
        .filter(other => copiedIds.has(other) && this.#suits(id, other)),
    );
    if (named.size === 0) return undefined;
    const home = this.#state.sites.find(({ packages }) => packages[id] === 1)!;
    const node = this.#state.packageNode(home.index, id);
    return this.#holds(node, requirement)
      ? copied.find(other => named.has(this.#state.packageOf(other)))
      : undefined;
  }

  /** Brings the best of some candidates that can be installed along with a package. */
  #bring(from: NodeId, candidates: Int32Array, id: RequirementId): boolean {
    const owner = this.#state.packageOf(from);
    let rest = candidates.filter(other => this.#suits(owner, other));
    while (rest.length > 0) {
      const { node } = this.#choice.pick(from, rest, { copying: true });
      if (node === NO_NODE) return false;
      const picked = this.#state.packageOf(node);
      if (this.#canJoin(from, picked)) {
        this.#add({ node, from, reason: 'recommends', id });
        return true;
      }
      rest = rest.filter(other => other !== picked);
    }
    return false;
  }

  #add(link: WeakLink): void {
    this.links.push(link);
    this.#brought.add(link.node);
    this.#decision.add(link.node);
  }

  /** Whether a package can be had beside another one, and without a module stream that nobody chose. */
  #canJoin(from: NodeId, id: PackageId): boolean {
    const { broken, sites, pool } = this.#state;
    return (
      broken[id] === 0 &&
      sites.some(
        ({ index, packages, machine }) =>
          packages[id] === 1 &&
          (machine === undefined || installsOn(machine, pool.arch(id))) &&
          this.#preference.module(this.#state.packageNode(index, id)) === 0,
      ) &&
      this.#proof.canBeTogether(this.#state.packageOf(from), id)
    );
  }

  /** Whether a wish of a package is granted by what is kept. */
  #holds(node: NodeId, wish: Requirement): boolean {
    const holds = (part: Requirement) => this.#holds(node, part);
    switch (wish.kind) {
      case 'any':
        return this.#hasOneOf(this.#state.packageOf(node), wish.of);
      case 'and':
        return wish.operands.every(holds);
      case 'or':
        return wish.operands.some(holds);
      default: {
        const part =
          holds(wish.condition) === (wish.kind === 'if')
            ? wish.then
            : wish.otherwise;
        return part === undefined ? wish.kind === 'if' : holds(part);
      }
    }
  }

  #hasOneOf(owner: PackageId, set: PackageSet): boolean {
    return this.#state.pool
      .packagesIn(set)
      .some(id => id === owner || (this.#suits(owner, id) && this.#isKept(id)));
  }

  #suits(owner: PackageId, id: PackageId): boolean {
    const { compatibility } = this.#state;
    return (
      compatibility.archsMeet(owner, id) && !compatibility.clash(owner, id)
    );
  }

  /** Whether a destination has or gets the package, for a machine that takes it. */
  #isKept(id: PackageId): boolean {
    const { sites, presence, pool } = this.#state;
    return sites.some(({ index, machine }) => {
      const node = this.#state.packageNode(index, id);
      return (
        ((presence[node] & (HELD | REQUESTED)) !== 0 ||
          this.#trace.links.has(node) ||
          this.#brought.has(node)) &&
        (machine === undefined || installsOn(machine, pool.arch(id)))
      );
    });
  }

  #archOf(node: NodeId): string {
    return this.#state.pool.arch(this.#state.packageOf(node));
  }
}

/** The packages that supplement others, those of one name together with the newest first. */
function supplementing(pool: Pool): readonly PackageId[][] {
  return pool.deriveFromUnits('supplementing', () => {
    const { starts } = pool.columns.supplements;
    const ids: PackageId[] = [];
    for (let id = 0; id < pool.packageCount; id++) {
      if (starts[id] < starts[id + 1]) ids.push(id);
    }
    const byName = new Map<string, PackageId[]>();
    for (const id of ids.sort((a, b) => pool.order.compare(b, a))) {
      const name = pool.name(id);
      byName.set(name, [...(byName.get(name) ?? []), id]);
    }
    return [...byName.values()].sort((a, b) => pool.order.compare(a[0], b[0]));
  });
}

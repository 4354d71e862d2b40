import { checkCancelled } from '../cancellation';
import type { PackageId, RequirementId } from '../pool/Pool';
import { moduleRequirementText } from '../requirement/moduleStreams';
import type { PackageSet, Requirement } from '../requirement/Requirement';
import {
  type ClosureState,
  COPIED,
  NO_NODE,
  type NodeId,
} from './ClosureState';
import { pickModuleOf, pickStream } from './modules';
import type { MissingProblem, StepReason } from './plan';
import type { CopyProof, Installation } from './CopyProof';
import { installationLinks } from './installationLinks';
import type { ProviderChoice } from './ProviderChoice';
import type { WeakLink } from './WeakDependencies';

/** How a node was reached first: the last link of its shortest chain. */
export interface TraceLink {
  node: NodeId;
  /** Absent for what is requested. */
  from?: NodeId;
  reason: StepReason;
  /** The relation between packages. */
  id?: RequirementId;
  /** The module requirement, for `stream`. */
  stream?: string;
  /** Position in the request of the entry on whose account the node is looked at. */
  entry: number;
}

/** A requirement that nothing there meets for good. */
export interface TraceFailure {
  node: NodeId;
  problem: MissingProblem;
  requirement: string;
  /** What to look for when explaining the failure. */
  id?: RequirementId;
  /** The package that meets the requirement but cannot stand beside its requirer. */
  clashing?: PackageId;
  /** The other requirements that cannot be met along with this one. */
  along?: readonly RequirementId[];
}

const NODES_PER_CHECK = 256;

/**
 * Follows, from what is requested, who meets each requirement now that everything is decided, level by
 * level: so each unit gets its shortest chain, what no chain reaches turns out unneeded, and what is
 * unmet is found. Within a level the pool's order decides, so the same plan always gets the same chains.
 */
export class CopyTrace {
  readonly links = new Map<NodeId, TraceLink>();
  readonly failures: TraceFailure[] = [];
  readonly #state: ClosureState;
  readonly #choice: ProviderChoice;
  readonly #proof: CopyProof;
  readonly #weakLinks: readonly WeakLink[];
  /** Installations that have been followed. */
  readonly #kept = new Set<Installation>();
  /** Copied packages that make a condition hold: they stay even if nothing else needs them. */
  readonly #conditionLinks: Array<Omit<TraceLink, 'entry'>> = [];
  #next: NodeId[] = [];

  constructor(
    state: ClosureState,
    choice: ProviderChoice,
    proof: CopyProof,
    weakLinks: readonly WeakLink[],
  ) {
    this.#state = state;
    this.#choice = choice;
    this.#proof = proof;
    this.#weakLinks = weakLinks;
  }

  /** @param requested - by node, the position of the entry that asks for it */
  run(requested: ReadonlyMap<NodeId, number>): void {
    for (const [node, entry] of requested) {
      this.links.set(node, { node, reason: 'requested', entry });
      this.#next.push(node);
    }
    while (this.#next.length > 0) {
      this.#traceLevel();
      if (this.#next.length === 0) {
        this.#keepConditions();
      }
      if (this.#next.length === 0) {
        this.#keepInstallations();
      }
      if (this.#next.length === 0) {
        this.#keepWishes();
      }
    }
  }

  /** Requested and copied packages that a chain leads to, in the pool's order. */
  copiedPackages(): NodeId[] {
    return [...this.links.keys()]
      .filter(node => !this.#state.isModule(node) && this.#state.isCopied(node))
      .sort((a, b) => this.#state.compareNodes(a, b));
  }

  #traceLevel(): void {
    const level = this.#next;
    this.#next = [];
    level.sort((a, b) => this.#state.compareNodes(a, b));
    level.forEach((node, done) => {
      if (done % NODES_PER_CHECK === 0) {
        checkCancelled(this.#state.request);
      }
      if (this.#state.isModule(node)) {
        this.#traceModule(node);
      } else {
        this.#tracePackage(node);
      }
    });
  }

  #keepConditions(): void {
    for (const link of this.#conditionLinks.splice(0)) {
      this.#reach(link);
    }
  }

  /** What a package can be installed with stays, though each requirement could be met otherwise. */
  #keepInstallations(): void {
    for (const installation of this.#proof.installations) {
      const { of, members } = installation;
      if (
        this.#kept.has(installation) ||
        !of.every(node => this.links.has(node))
      ) {
        continue;
      }
      this.#kept.add(installation);
      const rest = new Set(members);
      for (const node of of) rest.delete(node);
      const reached = [...of];
      for (const from of reached) {
        if (!this.#lacksLink(rest)) break;
        for (const link of installationLinks(this.#state, from, rest)) {
          rest.delete(link.node);
          reached.push(link.node);
          this.#reach(link);
        }
      }
    }
  }

  /** Last, so that what is needed, too, is told to be needed. */
  #keepWishes(): void {
    for (const link of this.#weakLinks) {
      if (this.links.has(link.from) && !this.links.has(link.node)) {
        this.#reachCopied(link);
      }
    }
  }

  /** Whether some of the nodes are copied only if a chain leads to them yet. */
  #lacksLink(nodes: Iterable<NodeId>): boolean {
    for (const node of nodes) {
      if (this.#state.presence[node] === COPIED && !this.links.has(node)) {
        return true;
      }
    }
    return false;
  }

  #tracePackage(node: NodeId): void {
    const { requires } = this.#state.pool.columns;
    const id = this.#state.packageOf(node);
    if (!this.#state.needsCare(node)) {
      return;
    }
    if (this.#state.hasRequirements(id)) {
      for (let i = requires.starts[id]; i < requires.starts[id + 1]; i++) {
        this.#traceRequirement(node, requires.values[i]);
      }
    }
    const moduleNode = this.#state.isCopied(node)
      ? pickModuleOf(this.#state, node)
      : undefined;
    if (moduleNode !== undefined) {
      this.#reachCopied({ node: moduleNode, from: node, reason: 'module' });
    }
  }

  #traceRequirement(node: NodeId, id: RequirementId): void {
    const { pool } = this.#state;
    const clashing: PackageId[] = [];
    if (!this.#trace(node, id, pool.requirement(id), clashing)) {
      this.failures.push({
        node,
        id,
        requirement: pool.requirementText(id),
        problem: clashing.length > 0 ? 'conflict' : 'nothing-provides',
        clashing: clashing[0],
      });
    }
  }

  /**
   * @returns whether the requirement is met, conditions holding as soon as they could: what fails by that
   *   alone is found installable later
   */
  #trace(
    node: NodeId,
    id: RequirementId,
    requirement: Requirement,
    clashing: PackageId[],
  ): boolean {
    const trace = (part: Requirement) => this.#trace(node, id, part, clashing);
    switch (requirement.kind) {
      case 'any':
        return this.#traceOne(node, id, requirement.of, clashing);
      case 'and':
        // Not `every`: the other operands need their links though one fails.
        return requirement.operands.map(trace).every(Boolean);
      case 'or': {
        const met = requirement.operands.find(part =>
          this.#choice.holds(node, part),
        );
        return met !== undefined && trace(met);
      }
      case 'if':
        if (!this.#choice.holds(node, requirement.condition)) {
          return !requirement.otherwise || trace(requirement.otherwise);
        }
        this.#keepFor(node, id, requirement.condition);
        return trace(requirement.then);
      default:
        if (
          requirement.otherwise &&
          !this.#choice.holds(node, requirement.then)
        ) {
          return [requirement.condition, requirement.otherwise]
            .map(trace)
            .every(Boolean);
        }
        return trace(requirement.then);
    }
  }

  #traceOne(
    node: NodeId,
    id: RequirementId,
    set: PackageSet,
    clashing: PackageId[],
  ): boolean {
    const { pool, request } = this.#state;
    const picked = this.#choice.pick(node, pool.packagesIn(set), {
      copying: false,
      upgrade: request.dependencyUpgrade && this.#state.isCopied(node),
    });
    if (picked.node === NO_NODE) {
      return false;
    }
    // Most requirements lead to what has been reached before; they need no link.
    const known = this.links.get(picked.node);
    if (!known || known.from === node) {
      this.#reach({ node: picked.node, from: node, reason: 'requires', id });
    }
    if (picked.clashes) {
      clashing.push(this.#state.packageOf(picked.node));
    }
    return !picked.clashes;
  }

  /** Remembers the copied packages on which it depends that a condition holds. */
  #keepFor(node: NodeId, id: RequirementId, condition: Requirement): void {
    if (condition.kind !== 'any') {
      const parts =
        'operands' in condition
          ? condition.operands
          : [condition.then, condition.condition];
      parts.forEach(part => this.#keepFor(node, id, part));
      return;
    }
    const witness = this.#choice.witness(node, condition.of);
    if (witness !== NO_NODE && this.#state.presence[witness] === COPIED) {
      this.#conditionLinks.push({
        node: witness,
        from: node,
        reason: 'requires',
        id,
      });
    }
  }

  #traceModule(node: NodeId): void {
    const { pool, sites, wholeModules } = this.#state;
    const module = pool.columns.modules[this.#state.moduleOf(node)];
    const site = sites[this.#state.siteOf(node)];
    for (const artifact of wholeModules.has(node) ? module.artifacts : []) {
      this.#reachCopied({
        node: this.#state.packageNode(site.index, artifact),
        from: node,
        reason: 'artifact',
      });
    }
    for (const required of module.requires) {
      const stream = moduleRequirementText(required);
      const picked = pickStream(this.#state, node, required);
      if (picked === NO_NODE) {
        this.failures.push({
          node,
          requirement: stream,
          problem: 'no-module',
        });
      } else {
        this.#reachCopied({
          node: picked,
          from: node,
          reason: 'stream',
          stream,
        });
      }
    }
  }

  #reachCopied(link: Omit<TraceLink, 'entry'>): void {
    if (this.#state.presence[link.node] === COPIED) {
      this.#reach(link);
    }
  }

  #reach(link: Omit<TraceLink, 'entry'>): void {
    const known = this.links.get(link.node);
    if (!known) {
      this.links.set(link.node, { ...link, entry: this.#entryFor(link) });
      this.#next.push(link.node);
    } else if (
      known.from === link.from &&
      known.reason === link.reason &&
      known.id !== undefined &&
      link.id !== undefined &&
      this.#state.pool.compareRequirements(link.id, known.id) < 0
    ) {
      // One package may need another for several reasons; which one is read first must not matter.
      known.id = link.id;
    }
  }

  /** The requirer's entry if its source has the unit, else the first of the destination that does. */
  #entryFor({ node, from }: Omit<TraceLink, 'entry'>): number {
    const { entry } = this.links.get(from!)!;
    if (this.#state.presence[node] !== COPIED) {
      return entry;
    }
    const { entries } = this.#state.sites[this.#state.siteOf(node)];
    const offering = entries.filter(({ source }) =>
      this.#state.isModule(node)
        ? source.modules[this.#state.moduleOf(node)] === 1
        : source.packages[this.#state.packageOf(node)] === 1,
    );
    return (offering.find(({ index }) => index === entry) ?? offering[0]).index;
  }
}

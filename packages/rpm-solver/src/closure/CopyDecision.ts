import { checkCancelled } from '../cancellation';
import { compareTexts } from '../pool/PackageOrder';
import type { RequirementId } from '../pool/Pool';
import type {
  Requirement,
  RequirementOfAny,
  RequirementOfOne,
} from '../requirement/Requirement';
import {
  type ClosureState,
  COPIED,
  HELD,
  NO_NODE,
  type NodeId,
  REQUESTED,
} from './ClosureState';
import { Estimate } from './Estimate';
import { pickModuleOf, pickStream } from './modules';
import { OpenConditions } from './OpenConditions';
import type { ProviderChoice } from './ProviderChoice';

/** A choice put off until everything without a choice is settled. */
interface OpenChoice {
  node: NodeId;
  requirement: RequirementOfOne | RequirementOfAny;
}

const NODES_PER_CHECK = 256;

/**
 * Decides what comes along, by marking it in the state: the greedy closure.
 *
 * @remarks
 * Requirements that only one package can meet are settled first, because they decide nothing: their
 * outcome is the same in any order. Those with a choice wait, are dropped if something that came along
 * meanwhile meets them, and are then settled one by one in the pool's order. So the result does not
 * depend on the order of the input, and no package comes along for a requirement that another one,
 * needed anyway, meets as well. It may still take more than it needs where a later choice makes an
 * earlier one idle; the trace that follows leaves that out.
 */
export class CopyDecision {
  readonly #state: ClosureState;
  readonly #estimate: Estimate;
  readonly #queue: NodeId[] = [];
  readonly #queued: Uint8Array;
  readonly #conditions: OpenConditions;
  #open = new Map<RequirementId, OpenChoice[]>();
  /** Packages of which it is open by which of their modules they become usable. */
  #modular: NodeId[] = [];
  #visited = 0;

  constructor(state: ClosureState, choice: ProviderChoice) {
    this.#state = state;
    this.#estimate = new Estimate(state, choice);
    this.#conditions = new OpenConditions(
      choice,
      this.#estimate,
      (node, id, part) => this.#ask(node, id, part),
    );
    this.#queued = new Uint8Array(state.presence.length);
  }

  /** @param requested - nodes that are asked for; they are marked, too */
  run(requested: readonly NodeId[]): void {
    for (const node of requested) {
      this.#state.presence[node] |= REQUESTED;
      if (this.#state.isModule(node)) {
        this.#state.wholeModules.add(node);
      }
      this.#enqueue(node);
    }
    this.#settleAll();
  }

  /** Copies one more package, with everything that it needs. */
  add(node: NodeId): void {
    this.#take(node);
    this.#settleAll();
  }

  #settleAll(): void {
    do {
      this.#drain();
    } while (
      this.#conditions.askThen() ||
      this.#settleOpenChoices() ||
      this.#conditions.askOtherwise()
    );
  }

  /** Follows what has no choice to its end. */
  #drain(): void {
    while (this.#queue.length > 0) {
      const node = this.#queue.pop()!;
      if (this.#visited++ % NODES_PER_CHECK === 0) {
        checkCancelled(this.#state.request);
      }
      if (this.#state.isModule(node)) {
        this.#visitModule(node);
      } else {
        this.#visitPackage(node);
      }
    }
  }

  /** @returns whether there was any */
  #settleOpenChoices(): boolean {
    const { pool } = this.#state;
    const open = this.#open;
    const modular = this.#modular;
    this.#open = new Map();
    this.#modular = [];
    const ids = [...open.keys()].map(id => ({
      id,
      text: pool.requirementText(id),
    }));
    ids.sort((a, b) => compareTexts(a.text, b.text));
    for (const { id } of ids) {
      this.#settleChoices(id, open.get(id)!);
    }
    modular.sort((a, b) => this.#state.compareNodes(a, b));
    for (const node of modular) {
      this.#settleModuleOf(node);
      this.#drain();
    }
    return ids.length > 0 || modular.length > 0;
  }

  /** The first package settles a requirement for most others that have it, so they are not sorted. */
  #settleChoices(id: RequirementId, choices: OpenChoice[]): void {
    let rest = choices.filter(choice => !this.#isSettled(choice));
    while (rest.length > 0) {
      const first = rest.reduce((a, b) =>
        this.#state.compareNodes(b.node, a.node) < 0 ? b : a,
      );
      this.#settle(id, first);
      this.#drain();
      rest = rest.filter(
        choice => choice !== first && !this.#isSettled(choice),
      );
    }
  }

  #isSettled({ node, requirement }: OpenChoice): boolean {
    return (
      requirement.kind === 'any' &&
      this.#estimate.survey(node, requirement.of).settled
    );
  }

  #settle(id: RequirementId, { node, requirement }: OpenChoice): void {
    if (requirement.kind === 'or') {
      this.#settleOr(node, id, requirement.operands);
      return;
    }
    const picked = this.#estimate.pick(node, requirement.of, candidate =>
      this.#estimate.further(candidate),
    );
    if (!picked.settled) {
      this.#take(picked.node);
    }
  }

  #putOff(id: RequirementId, choice: OpenChoice): void {
    const choices = this.#open.get(id);
    if (choices) {
      choices.push(choice);
    } else {
      this.#open.set(id, [choice]);
    }
  }

  #enqueue(node: NodeId): void {
    if (this.#queued[node] === 0) {
      this.#queued[node] = 1;
      this.#queue.push(node);
    }
  }

  /** Copies a package, or looks after one that is there. */
  #take(node: NodeId): void {
    if (this.#state.presence[node] === 0) {
      this.#state.presence[node] = COPIED;
    }
    this.#enqueue(node);
  }

  #visitPackage(node: NodeId): void {
    const { pool } = this.#state;
    const { requires, modulesOfPackage } = pool.columns;
    const id = this.#state.packageOf(node);
    if (this.#state.hasRequirements(id)) {
      for (let i = requires.starts[id]; i < requires.starts[id + 1]; i++) {
        const requirement = requires.values[i];
        this.#ask(node, requirement, pool.requirement(requirement));
      }
    }
    const { starts } = modulesOfPackage;
    if (this.#state.isCopied(node) && starts[id] < starts[id + 1]) {
      this.#modular.push(node);
    }
  }

  #ask(node: NodeId, id: RequirementId, requirement: Requirement): void {
    switch (requirement.kind) {
      case 'any':
        this.#askFor(node, id, requirement);
        break;
      case 'and':
        for (const part of requirement.operands) {
          this.#ask(node, id, part);
        }
        break;
      case 'or':
        this.#putOff(id, { node, requirement });
        break;
      default:
        this.#conditions.add(node, id, requirement);
    }
  }

  #askFor(
    node: NodeId,
    id: RequirementId,
    requirement: RequirementOfOne,
  ): void {
    const { best, options, settled } = this.#estimate.survey(
      node,
      requirement.of,
    );
    if (best.length === 0 || settled) {
      return;
    }
    if (options === 1) {
      this.#take(best[0]);
    } else {
      this.#putOff(id, { node, requirement });
    }
  }

  /** Takes the alternative that lacks least; the first one written, of several. */
  #settleOr(
    node: NodeId,
    id: RequirementId,
    alternatives: readonly Requirement[],
  ): void {
    const lacks = alternatives.map(part => this.#estimate.lacking(node, part));
    const least = Math.min(...lacks);
    if (Number.isFinite(least)) {
      this.#ask(node, id, alternatives[lacks.indexOf(least)]);
    }
  }

  #visitModule(node: NodeId): void {
    const { pool, sites, presence } = this.#state;
    const module = pool.columns.modules[this.#state.moduleOf(node)];
    const site = sites[this.#state.siteOf(node)];
    const whole = this.#state.wholeModules.has(node);
    for (const artifact of whole ? module.artifacts : []) {
      const artifactNode = this.#state.packageNode(site.index, artifact);
      if (site.packages[artifact] === 1 && presence[artifactNode] === 0) {
        this.#take(artifactNode);
      }
    }
    for (const requirement of module.requires) {
      const stream = pickStream(this.#state, node, requirement);
      if (stream !== NO_NODE) {
        this.#takeModule(stream, whole);
      }
    }
  }

  #settleModuleOf(node: NodeId): void {
    const moduleNode = pickModuleOf(this.#state, node);
    if (moduleNode !== undefined) {
      this.#takeModule(moduleNode, false);
    }
  }

  /** @param whole - with its artifacts, too */
  #takeModule(node: NodeId, whole: boolean): void {
    if (this.#state.presence[node] === HELD) {
      return;
    }
    if (whole && !this.#state.wholeModules.has(node)) {
      this.#state.wholeModules.add(node);
      this.#queued[node] = 0;
    }
    this.#take(node);
  }
}

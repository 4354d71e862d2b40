import { describeFailure } from '../explanation/describeFailure';
import {
  type ClosureState,
  COPIED,
  HELD,
  type NodeId,
  REQUESTED,
} from './ClosureState';
import type { CopyProof } from './CopyProof';
import type { CopyTrace, TraceFailure, TraceLink } from './CopyTrace';
import type { PackageId, Pool, RequirementId } from '../pool/Pool';
import { setsOf } from '../requirement/setsOf';
import type {
  ClosurePlan,
  EntryPlan,
  MissingRequirement,
  PlanStep,
} from './plan';

/** Puts what was decided and traced into the form that leaves the solver. */
export function buildPlan(
  state: ClosureState,
  trace: CopyTrace,
  proof: CopyProof,
  ignored: readonly number[][],
): ClosurePlan {
  const steps = new Steps(state, trace);
  const entries = state.request.entries.map(
    ({ id }, index): EntryPlan => ({
      entry: id,
      added: [],
      ignored: ignored[index],
    }),
  );
  const copied = [...trace.links.values()]
    .filter(({ node }) => state.presence[node] === COPIED)
    .sort((a, b) => state.compareNodes(a.node, b.node));
  for (const { node, entry } of copied) {
    entries[entry].added.push({
      unit: unitOf(state, node),
      kind: kindOf(state, node),
      step: steps.indexOf(node),
    });
  }
  const lacking = trace.failures.filter(
    ({ node }) => state.isModule(node) || proof.isInNeed(node),
  );
  const failures = [
    ...lacking,
    ...exclusions(state, trace, proof, lacking),
  ].filter(({ node }) => !isOnlyWished(trace, node));
  const missing = reportable(state, trace, failures).map(failure =>
    toMissing(state, trace, steps, failure),
  );
  return { entries, missing, steps: steps.all };
}

/** Whether a chain leads there by way of something that nobody needs. */
function isOnlyWished(trace: CopyTrace, node: NodeId): boolean {
  let link = trace.links.get(node);
  while (link?.from !== undefined) {
    if (link.reason === 'recommends' || link.reason === 'supplements') {
      return true;
    }
    link = trace.links.get(link.from);
  }
  return false;
}

/** Writes the links that chains of the plan need, each once. */
class Steps {
  readonly all: PlanStep[] = [];
  readonly #state: ClosureState;
  readonly #trace: CopyTrace;
  readonly #positions = new Map<NodeId, number>();

  constructor(state: ClosureState, trace: CopyTrace) {
    this.#state = state;
    this.#trace = trace;
  }

  indexOf(node: NodeId): number {
    const links: TraceLink[] = [];
    let at: NodeId | undefined = node;
    while (at !== undefined && !this.#positions.has(at)) {
      const link: TraceLink = this.#trace.links.get(at)!;
      links.push(link);
      at = link.from;
    }
    for (const link of links.reverse()) {
      this.#positions.set(link.node, this.all.length);
      this.all.push(this.#toStep(link));
    }
    return this.#positions.get(node)!;
  }

  #toStep({ node, from, reason, id, stream }: TraceLink): PlanStep {
    const { pool, presence } = this.#state;
    const requirement = id === undefined ? stream : pool.requirementText(id);
    const bits = presence[node];
    return {
      unit: unitOf(this.#state, node),
      kind: kindOf(this.#state, node),
      label: labelOf(this.#state, node),
      reason,
      ...(requirement !== undefined && { requirement }),
      presence:
        (bits & REQUESTED && 'requested') ||
        (bits & HELD && 'held') ||
        'copied',
      ...(from !== undefined && { previous: this.#positions.get(from) }),
    };
  }
}

/**
 * Packages that cannot be installed although each of their requirements seems to be met: what they need
 * excludes each other. What is hopeless only because of a package that is reported already is left out.
 *
 * @param lacking - what is reported already
 */
function exclusions(
  state: ClosureState,
  trace: CopyTrace,
  proof: CopyProof,
  lacking: readonly TraceFailure[],
): TraceFailure[] {
  const { pool } = state;
  const reported = new Set(lacking.map(({ node }) => node));
  const isExplained = (node: NodeId, id: RequirementId) => {
    const site = state.siteOf(node);
    const providers = setsOf(pool.requirement(id))
      .flatMap(set => [...pool.packagesIn(set)])
      .filter(provider => state.couldServe(node, provider));
    return (
      providers.length > 0 &&
      providers.every(
        provider =>
          state.broken[provider] === 1 ||
          reported.has(state.packageNode(site, provider)),
      )
    );
  };
  const failures: TraceFailure[] = [];
  for (const node of proof.hopeless) {
    if (!trace.links.has(node) || reported.has(node)) continue;
    const id = state.packageOf(node);
    if (
      state.broken[id] === 1 &&
      requirementsOf(pool, id).some(each => isExplained(node, each))
    ) {
      continue;
    }
    const culprits = proof.culprits(node);
    const [first, ...along] = culprits;
    if (culprits.length === 1 && isExplained(node, first)) continue;
    failures.push({
      node,
      problem: 'not-together',
      id: first,
      along,
      requirement: first === undefined ? '' : pool.requirementText(first),
    });
    reported.add(node);
  }
  return failures;
}

function requirementsOf(pool: Pool, id: PackageId): Int32Array {
  const { starts, values } = pool.columns.requires;
  return values.subarray(starts[id], starts[id + 1]);
}

/**
 * All failures of copied units, and of held ones those that no other unit of the destination has: a
 * destination that lacks, say, a C library would otherwise report it for everything it holds.
 */
function reportable(
  state: ClosureState,
  trace: CopyTrace,
  failures: readonly TraceFailure[],
): TraceFailure[] {
  const sorted = [...failures].sort(
    (a, b) =>
      trace.links.get(a.node)!.entry - trace.links.get(b.node)!.entry ||
      state.compareNodes(a.node, b.node) ||
      (a.requirement < b.requirement ? -1 : 1),
  );
  const key = ({ node, requirement }: TraceFailure) =>
    `${state.siteOf(node)} ${requirement}`;
  const ofCopied = sorted.filter(({ node }) => state.isCopied(node));
  const seen = new Set(ofCopied.map(key));
  return sorted.filter(failure => {
    if (state.isCopied(failure.node)) {
      return true;
    }
    const first = !seen.has(key(failure));
    seen.add(key(failure));
    return first;
  });
}

function toMissing(
  state: ClosureState,
  trace: CopyTrace,
  steps: Steps,
  failure: TraceFailure,
): MissingRequirement {
  const { node, problem, requirement } = failure;
  return {
    entry: state.request.entries[trace.links.get(node)!.entry].id,
    problem,
    requirement,
    unit: unitOf(state, node),
    held: !state.isCopied(node),
    step: steps.indexOf(node),
    sentence: describeFailure(state, failure),
  };
}

function unitOf(state: ClosureState, node: NodeId): number {
  const { units, modules } = state.pool.columns;
  return state.isModule(node)
    ? modules[state.moduleOf(node)].unit
    : units[state.packageOf(node)];
}

function kindOf(state: ClosureState, node: NodeId): 'package' | 'module' {
  return state.isModule(node) ? 'module' : 'package';
}

function labelOf(state: ClosureState, node: NodeId): string {
  return state.isModule(node)
    ? state.pool.columns.modules[state.moduleOf(node)].label
    : state.pool.label(state.packageOf(node));
}

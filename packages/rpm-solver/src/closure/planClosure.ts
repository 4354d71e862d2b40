import type { Pool } from '../pool/Pool';
import { buildPlan } from './buildPlan';
import { ClosureState, type NodeId } from './ClosureState';
import { CopyDecision } from './CopyDecision';
import { CopyProof } from './CopyProof';
import { CopyTrace } from './CopyTrace';
import type { ClosurePlan } from './plan';
import { ProviderChoice } from './ProviderChoice';
import type { ClosureRequest } from './request';
import { WeakDependencies } from './WeakDependencies';

/**
 * Plans a copy with everything it needs: the closure over repositories of the design document,
 * "Copy".
 *
 * @remarks
 * Each requested or added package gets its requirements met by its destination or by units added to
 * it; several versions of a package may stand side by side. A unit goes only to destinations that the
 * request pairs with its source. A requirement that no source of its own destination can meet is met at
 * the destination of another entry. What cannot be met is reported and stops nothing else.
 *
 * Each requested or added package can then be installed by itself from what the destinations hold or
 * get, if there is any way with what the sources have: what was decided is proven, and mended where two
 * of the packages that one needs exclude each other.
 *
 * @param pool - holds all sources and destinations that the request names
 * @throws Error when the request names a repository that is not in the pool, an entry id twice, or two
 * architectures for one destination.
 * @throws CancelledError when the request's `shouldCancel` says so.
 */
export function planClosure(pool: Pool, request: ClosureRequest): ClosurePlan {
  const ids = request.entries.map(({ id }) => id);
  if (new Set(ids).size < ids.length) {
    throw new Error('Two entries of the request have the same id');
  }
  const state = new ClosureState(pool, request);
  const { nodes, ignored } = findRequested(state);
  const choice = new ProviderChoice(state);
  const decision = new CopyDecision(state, choice);
  decision.run([...nodes.keys()]);
  const proof = new CopyProof(state);
  const weak = new WeakDependencies(state, choice, decision, proof);
  let trace: CopyTrace;
  do {
    trace = new CopyTrace(state, choice, proof, weak.links);
    trace.run(nodes);
  } while (
    proof.extend(trace, weak.links) ||
    (request.weakDependencies && weak.extend(trace))
  );
  return buildPlan(state, trace, proof, ignored);
}

interface Requested {
  /** By node, the position of the entry that asks for it first. */
  nodes: Map<NodeId, number>;
  /** By entry, the units that its source does not hold; ascending. */
  ignored: number[][];
}

function findRequested(state: ClosureState): Requested {
  const { pool, request, sites } = state;
  const nodes = new Map<NodeId, number>();
  const ignored: number[][] = request.entries.map(() => []);
  for (const site of sites) {
    for (const { index, entry, source } of site.entries) {
      for (const unit of new Set(entry.requested)) {
        const packageId = pool.packageOf(unit);
        const moduleId = pool.moduleOf(unit);
        let node: NodeId | undefined;
        if (packageId !== undefined && source.packages[packageId] === 1) {
          node = state.packageNode(site.index, packageId);
        } else if (moduleId !== undefined && source.modules[moduleId] === 1) {
          node = state.moduleNode(site.index, moduleId);
        }
        if (node === undefined) {
          ignored[index].push(unit);
        } else if (!nodes.has(node)) {
          nodes.set(node, index);
        }
      }
    }
  }
  ignored.forEach(units => units.sort((a, b) => a - b));
  return { nodes, ignored };
}

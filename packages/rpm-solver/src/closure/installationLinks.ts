import { setsOf } from '../requirement/setsOf';
import {
  isRequiredStream,
  moduleRequirementText,
} from '../requirement/moduleStreams';
import type { ClosureState, NodeId } from './ClosureState';
import type { TraceLink } from './CopyTrace';

/** How one unit of an installation leads to others of it. */
export function* installationLinks(
  state: ClosureState,
  from: NodeId,
  members: ReadonlySet<NodeId>,
): Iterable<Omit<TraceLink, 'entry'>> {
  if (state.isModule(from)) yield* linksOfModule(state, from, members);
  else yield* linksOfPackage(state, from, members);
}

function* linksOfPackage(
  state: ClosureState,
  from: NodeId,
  members: ReadonlySet<NodeId>,
): Iterable<Omit<TraceLink, 'entry'>> {
  const { pool } = state;
  const { requires, modulesOfPackage } = pool.columns;
  const id = state.packageOf(from);
  const requirements = [
    ...requires.values.subarray(requires.starts[id], requires.starts[id + 1]),
  ].sort((a, b) => pool.compareRequirements(a, b));
  for (const requirement of requirements) {
    for (const set of setsOf(pool.requirement(requirement))) {
      for (const provider of pool.packagesIn(set)) {
        for (const site of state.sites) {
          const node = state.packageNode(site.index, provider);
          if (members.has(node)) {
            yield { node, from, reason: 'requires', id: requirement };
          }
        }
      }
    }
  }
  const { starts, values } = modulesOfPackage;
  for (let i = starts[id]; i < starts[id + 1]; i++) {
    for (const site of state.sites) {
      const node = state.moduleNode(site.index, values[i]);
      if (members.has(node)) yield { node, from, reason: 'module' };
    }
  }
}

function* linksOfModule(
  state: ClosureState,
  from: NodeId,
  members: ReadonlySet<NodeId>,
): Iterable<Omit<TraceLink, 'entry'>> {
  const { modules } = state.pool.columns;
  for (const required of modules[state.moduleOf(from)].requires) {
    for (const node of members) {
      if (
        state.isModule(node) &&
        isRequiredStream(modules[state.moduleOf(node)], required)
      ) {
        const stream = moduleRequirementText(required);
        yield { node, from, reason: 'stream', stream };
      }
    }
  }
}

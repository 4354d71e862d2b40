import { canMeet } from '../architecture/architectures';
import type { ModuleId, PackageId, PoolModule } from '../pool/Pool';
import type { ModuleRequirement } from '../pool/records';
import { isRequiredStream } from '../requirement/moduleStreams';
import {
  type ClosureState,
  NO_NODE,
  type NodeId,
  type Site,
} from './ClosureState';

/** Whether a module's stream is the default where it comes from or where it goes. */
export function hasDefaultStream(
  site: Site,
  { name, stream }: Pick<PoolModule, 'name' | 'stream'>,
): boolean {
  return site.defaultStreams.has(`${name}:${stream}`);
}

/**
 * The module that makes a package usable at its destination: one that is there, else the best that
 * comes along. `undefined` when no source of the destination knows the package as an artifact.
 */
export function pickModuleOf(
  state: ClosureState,
  node: NodeId,
): NodeId | undefined {
  const site = state.sites[state.siteOf(node)];
  const id: PackageId = state.packageOf(node);
  const { starts, values } = state.pool.columns.modulesOfPackage;
  const offered = [...values.subarray(starts[id], starts[id + 1])].filter(
    moduleId =>
      site.modules[moduleId] === 1 ||
      state.presence[state.moduleNode(site.index, moduleId)] !== 0,
  );
  return offered.length === 0
    ? undefined
    : state.moduleNode(site.index, best(state, site, offered));
}

/**
 * The module that meets a requirement of another one: at the same destination if that has it or
 * gets it, else at another one of the request. {@link NO_NODE} when there is none.
 */
export function pickStream(
  state: ClosureState,
  requirer: NodeId,
  requirement: ModuleRequirement,
): NodeId {
  const { modules } = state.pool.columns;
  const { arch } = modules[state.moduleOf(requirer)];
  const suitable = modules.flatMap((module, moduleId) =>
    isRequiredStream(module, requirement) && canMeet(arch, module.arch)
      ? [moduleId]
      : [],
  );
  const own = state.sites[state.siteOf(requirer)];
  for (const site of [own, ...state.sites]) {
    const there = suitable.filter(
      id =>
        site.modules[id] === 1 ||
        state.presence[state.moduleNode(site.index, id)] !== 0,
    );
    if (there.length > 0) {
      return state.moduleNode(site.index, best(state, site, there));
    }
  }
  return NO_NODE;
}

/** Prefers modules that are there, then default streams, then the pool's order. */
function best(
  state: ClosureState,
  site: Site,
  candidates: readonly ModuleId[],
): ModuleId {
  const rank = (id: ModuleId) => {
    if (state.presence[state.moduleNode(site.index, id)] !== 0) {
      return 0;
    }
    return hasDefaultStream(site, state.pool.columns.modules[id]) ? 1 : 2;
  };
  return candidates.reduce((first, id) =>
    (rank(id) - rank(first) || state.pool.order.compareModules(id, first)) < 0
      ? id
      : first,
  );
}

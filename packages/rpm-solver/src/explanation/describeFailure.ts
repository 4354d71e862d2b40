import { installsOn } from '../architecture/architectures';
import type { ClosureState, NodeId } from '../closure/ClosureState';
import type { TraceFailure } from '../closure/CopyTrace';
import type { ModuleId, RequirementId } from '../pool/Pool';
import { failingSets } from '../requirement/failingSets';
import type { PackageSet } from '../requirement/Requirement';
import { setsOf } from '../requirement/setsOf';
import { excludesItself, isRefused, lacks, lacksModule } from './clauses';
import { missingStream } from './missingStream';
import { nearestCandidates, type Surroundings } from './nearestCandidates';
import { rivalStreams } from './rivalStreams';

/** Says in one sentence what cannot be met, and what comes nearest to it. */
export function describeFailure(
  state: ClosureState,
  failure: TraceFailure,
): string {
  const { pool } = state;
  const { node, requirement, problem, clashing, id, along = [] } = failure;
  if (problem === 'no-module') {
    const { label } = pool.columns.modules[state.moduleOf(node)];
    return `Module ${label} requires the module ${requirement}, which no source and no destination has.`;
  }
  const label = pool.label(state.packageOf(node));
  const surroundings: Surroundings = {
    hasPackage: each => state.isInRequest(each),
    hasModule: each => hasModule(state, each),
  };
  if (problem === 'not-together' && id === undefined) {
    const { machine } = state;
    if (machine && !installsOn(machine, pool.arch(state.packageOf(node)))) {
      const machines = state.request.architectures ?? [machine];
      return `${label} cannot be installed on ${machines.join(' or ')}.`;
    }
    return `${describeOwnFault(state, node, surroundings)}.`;
  }
  if (problem === 'not-together') {
    const requirements = [id!, ...along];
    const streams = rivalStreams(pool, requirements, surroundings);
    const texts = requirements.map(each => pool.requirementText(each));
    return `${excludesItself(label, texts, streams)}.`;
  }
  if (clashing !== undefined) {
    return `${isRefused(label, requirement, pool.label(clashing))}.`;
  }
  const nearest = nearestCandidates(
    pool,
    state.packageOf(node),
    failedSets(state, node, id!),
    surroundings,
  );
  return `${lacks(
    label,
    requirement,
    nearest,
    'no source and no destination provides',
  )}.`;
}

/** What keeps a package from being installed that has all it requires: its modules, or itself. */
function describeOwnFault(
  state: ClosureState,
  node: NodeId,
  { hasModule: isThere }: Surroundings,
): string {
  const { pool } = state;
  const { modules, modulesOfPackage } = pool.columns;
  const { starts, values } = modulesOfPackage;
  const id = state.packageOf(node);
  const [module] = [...values.subarray(starts[id], starts[id + 1])]
    .filter(isThere)
    .sort((a, b) => pool.order.compareModules(a, b));
  const label = pool.label(id);
  if (module === undefined) return `${label} conflicts with itself`;
  const missing = missingStream(pool, module, isThere);
  return lacksModule(label, modules[module].label, missing);
}

/** What of a requirement no package of the request could meet; all of it when something else fails. */
function failedSets(
  state: ClosureState,
  node: NodeId,
  id: RequirementId,
): PackageSet[] {
  const { pool } = state;
  const requirement = pool.requirement(id);
  const owner = state.packageOf(node);
  const failing = failingSets(requirement, {
    isThere: set =>
      pool.packagesIn(set).some(each => state.couldServe(node, each)),
    includesOwner: set => pool.packagesIn(set).includes(owner),
  });
  return failing.length > 0 ? failing : setsOf(requirement);
}

function hasModule({ sites }: ClosureState, id: ModuleId): boolean {
  return sites.some(
    ({ destination, modules }) =>
      destination.modules[id] === 1 || modules[id] === 1,
  );
}

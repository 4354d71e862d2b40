import { installsOn } from '../architecture/architectures';
import type { ClosureState } from '../closure/ClosureState';
import type { TraceFailure } from '../closure/CopyTrace';
import type { PackageId, RequirementId } from '../pool/Pool';
import type { PackageSet, Requirement } from '../requirement/Requirement';

const MAX_ALTERNATIVES = 3;

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
  if (problem === 'not-together' && id === undefined) {
    const { machine } = state;
    if (machine && !installsOn(machine, pool.arch(state.packageOf(node)))) {
      return `${label} cannot be installed on ${machine}.`;
    }
    return `${label} conflicts with itself.`;
  }
  if (problem === 'not-together') {
    const others = along.map(other => pool.requirementText(other));
    return others.length > 0
      ? `${label} requires ${requirement} and ${others.join(
          ' and ',
        )}, which cannot be had together.`
      : `${label} requires ${requirement}, and what provides it cannot be installed along with it.`;
  }
  if (clashing !== undefined) {
    return `${label} requires ${requirement}, but only ${pool.label(
      clashing,
    )} provides it, which cannot be installed along with it.`;
  }
  const nearest = findNearest(state, state.packageOf(node), id!);
  const rest =
    nearest.length === 0
      ? 'which no source and no destination provides'
      : `for which there is only ${nearest.join(', ')}`;
  return `${label} requires ${requirement}, ${rest}.`;
}

/** What provides the required name in another version or for another architecture. */
function findNearest(
  state: ClosureState,
  owner: PackageId,
  id: RequirementId,
): string[] {
  const { pool } = state;
  const { relations, strings } = pool.columns;
  const near = new Map<PackageId, string>();
  for (const relation of leaves(pool.requirement(id))) {
    const name = relations.name(relation);
    for (const [provider, provided] of pool.provisionsOf(name)) {
      if (provider !== owner && state.isInRequest(provider)) {
        const text = relations.text(provided, strings.text(name));
        near.set(provider, `${pool.label(provider)} (${text})`);
      }
    }
  }
  const texts = [...near]
    .sort(([a], [b]) => pool.order.compare(b, a))
    .map(([, text]) => text);
  const more = texts.length - MAX_ALTERNATIVES;
  return more > 0
    ? [...texts.slice(0, MAX_ALTERNATIVES), `${more} more`]
    : texts;
}

function leaves(requirement: Requirement): number[] {
  switch (requirement.kind) {
    case 'any':
      return setLeaves(requirement.of);
    case 'and':
    case 'or':
      return requirement.operands.flatMap(leaves);
    default:
      return [
        requirement.then,
        requirement.condition,
        ...(requirement.otherwise ? [requirement.otherwise] : []),
      ].flatMap(leaves);
  }
}

function setLeaves(set: PackageSet): number[] {
  switch (set.kind) {
    case 'providers':
      return [set.relation];
    case 'difference':
      return setLeaves(set.from);
    default:
      return set.members.flatMap(setLeaves);
  }
}

import type { ClosurePlan, PlanStep } from '../closure/plan';

/**
 * The links from a requested unit to the one at `step`, in that order.
 *
 * @param step - a position in `plan.steps`, as added units and missing requirements name it
 */
export function chainOf(
  plan: Pick<ClosurePlan, 'steps'>,
  step: number,
): PlanStep[] {
  const chain: PlanStep[] = [];
  for (
    let at: number | undefined = step;
    at !== undefined;
    at = plan.steps[at].previous
  ) {
    chain.push(plan.steps[at]);
  }
  return chain.reverse();
}

/** Writes a chain on one line: `requested a-1-1.noarch → requires b → b-1-1.noarch`. */
export function describeChain(chain: readonly PlanStep[]): string {
  return chain.map(describeStep).join(' → ');
}

function describeStep(step: PlanStep): string {
  const { reason, requirement, presence } = step;
  const label = step.kind === 'module' ? `module ${step.label}` : step.label;
  const name =
    presence === 'held' ? `${label} (already in the destination)` : label;
  switch (reason) {
    case 'requested':
      return `requested ${label}`;
    case 'requires':
      return `requires ${requirement} → ${name}`;
    case 'recommends':
      return `recommends ${requirement} → ${name}`;
    case 'supplements':
      return `is supplemented by ${name}`;
    case 'artifact':
      return `has the artifact ${name}`;
    case 'module':
      return `belongs to ${name}`;
    default:
      return `requires the module ${requirement} → ${name}`;
  }
}

import type {
  ClosurePlan,
  MissingRequirement,
  PlanStep,
} from '@rpmportal/rpm-solver';

/** A requirement that nothing meets. */
export interface SolvedMissing extends MissingRequirement {
  /** It may be missing. */
  allowed: boolean;
}

/** A closure of which only the first missing requirements are kept, and how many there are. */
export interface SolvedClosure extends Omit<ClosurePlan, 'missing'> {
  /** Those that may not be missing first. */
  missing: SolvedMissing[];
  missingCount: number;
  /** Of all that are missing. */
  allowedCount: number;
}

/**
 * Leaves out missing requirements beyond a number, with the steps that only they need. A version that
 * is copied without what it depends on lacks more than anybody reads: 100,000 and more.
 *
 * @param allowed - requirements that may be missing, in full or by the name alone
 */
export function shortenPlan(
  plan: ClosurePlan,
  kept: number,
  allowed: readonly string[] = [],
): SolvedClosure {
  const known = new Set(allowed);
  const isAllowed = ({ requirement }: MissingRequirement) =>
    known.has(requirement) || known.has(nameOf(requirement));
  const marked = plan.missing.map(each => ({
    ...each,
    allowed: isAllowed(each),
  }));
  const permitted = marked.filter(each => each.allowed);
  const missing = [...marked.filter(each => !each.allowed), ...permitted].slice(
    0,
    kept,
  );
  const used = new Set<number>();
  const use = (step: number) => {
    let at: number | undefined = step;
    while (at !== undefined && !used.has(at)) {
      used.add(at);
      at = plan.steps[at].previous;
    }
  };
  for (const { added } of plan.entries) added.forEach(({ step }) => use(step));
  missing.forEach(({ step }) => use(step));

  const positions = new Map(
    [...used].sort((a, b) => a - b).map((step, index) => [step, index]),
  );
  const moved = <T extends { step: number }>(of: T): T => ({
    ...of,
    step: positions.get(of.step)!,
  });
  return {
    entries: plan.entries.map(entry => ({
      ...entry,
      added: entry.added.map(moved),
    })),
    steps: [...positions.keys()].map(position =>
      moveStep(plan.steps[position], positions),
    ),
    missing: missing.map(moved),
    missingCount: plan.missing.length,
    allowedCount: permitted.length,
  };
}

function moveStep(
  step: PlanStep,
  positions: ReadonlyMap<number, number>,
): PlanStep {
  return step.previous === undefined
    ? step
    : { ...step, previous: positions.get(step.previous)! };
}

/** `foo` of `foo >= 2`; a rich dependency has no name of its own. */
function nameOf(requirement: string): string {
  return requirement.startsWith('(')
    ? requirement
    : requirement.split(' ', 1)[0];
}

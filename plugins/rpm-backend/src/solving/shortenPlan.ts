import type { ClosurePlan, PlanStep } from '@rpmportal/rpm-solver';

/** A closure of which only the first missing requirements are kept, and how many there are. */
export interface SolvedClosure extends ClosurePlan {
  missingCount: number;
}

/**
 * Leaves out missing requirements beyond a number, with the steps that only they need. A version that
 * is copied without what it depends on lacks more than anybody reads: 100,000 and more.
 */
export function shortenPlan(plan: ClosurePlan, kept: number): SolvedClosure {
  const missing = plan.missing.slice(0, kept);
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

import type { ClosurePlan, PlanStep } from '@rpmportal/rpm-solver';
import { ReceivedClosure, takeApart, type SolvedPart } from './SolvedParts';
import { shortenPlan } from './shortenPlan';

const step = (unit: number, previous?: number): PlanStep => ({
  unit,
  kind: 'package',
  label: `unit ${unit}`,
  reason: previous === undefined ? 'requested' : 'requires',
  presence: 'copied',
  ...(previous !== undefined && { previous }),
});

const missing = (unit: number, at: number, requirement = `lib${unit}`) => ({
  entry: '0',
  problem: 'nothing-provides' as const,
  requirement,
  unit,
  held: false,
  step: at,
  sentence: '',
});

const PLAN: ClosurePlan = {
  entries: [
    {
      entry: '0',
      added: [{ unit: 14, kind: 'package', step: 4 }],
      ignored: [],
    },
    { entry: '1', added: [], ignored: [7] },
  ],
  steps: [
    step(10),
    step(11, 0),
    step(12),
    step(13, 2),
    step(14, 3),
    step(15, 1),
  ],
  missing: [missing(13, 3), missing(15, 5), missing(11, 1)],
};

describe('shortenPlan', () => {
  it('leaves out what is missing beyond the limit, with its steps', () => {
    expect(shortenPlan(PLAN, 1)).toEqual({
      entries: [
        {
          entry: '0',
          added: [{ unit: 14, kind: 'package', step: 2 }],
          ignored: [],
        },
        { entry: '1', added: [], ignored: [7] },
      ],
      steps: [step(12), step(13, 0), step(14, 1)],
      missing: [{ ...missing(13, 1), allowed: false }],
      missingCount: 3,
      allowedCount: 0,
    });
  });

  it('leaves a plan within the limit as it is', () => {
    expect(shortenPlan(PLAN, 3)).toEqual({
      ...PLAN,
      missing: PLAN.missing.map(each => ({ ...each, allowed: false })),
      missingCount: 3,
      allowedCount: 0,
    });
  });

  it('knows what may be missing by its name, or in full, and puts it last', () => {
    const requirements = ['a >= 2', 'b >= 2', 'b >= 3', '(a if b)', 'a'];
    const plan = {
      ...PLAN,
      missing: requirements.map(each => missing(13, 3, each)),
    };
    const shortened = shortenPlan(plan, 4, ['a', 'b >= 3', '(a', 'a >= 1']);
    expect(
      shortened.missing.map(each => `${each.requirement} ${each.allowed}`),
    ).toEqual(['b >= 2 false', '(a if b) false', 'a >= 2 true', 'b >= 3 true']);
    expect(shortened).toMatchObject({ missingCount: 5, allowedCount: 3 });
  });
});

describe('a closure that is taken apart', () => {
  it('is the same when put together', () => {
    const many = Array.from({ length: 4500 }, (_, unit) => step(unit));
    const closure = {
      ...shortenPlan(PLAN, 3),
      steps: many,
      entries: [
        PLAN.entries[1],
        {
          entry: 'x',
          ignored: [],
          added: many.map(({ unit, kind }) => ({ unit, kind, step: unit })),
        },
      ],
    };
    const received = new ReceivedClosure();
    const parts = takeApart(closure);
    const sizes: number[] = [];
    let next = parts.next();
    for (; !next.done; next = parts.next()) {
      sizes.push(sizeOf(next.value));
      received.receive(next.value);
    }
    expect(sizes).toEqual([2000, 2000, 500, 3, 2000, 2000, 500]);
    expect(received.complete(next.value)).toEqual(closure);
  });
});

function sizeOf(part: SolvedPart): number {
  switch (part.kind) {
    case 'steps':
      return part.steps.length;
    case 'missing':
      return part.missing.length;
    default:
      return part.added.length;
  }
}

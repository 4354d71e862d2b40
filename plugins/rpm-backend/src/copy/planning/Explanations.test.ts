import type { PlanStep } from '@rpmportal/rpm-solver';
import type { HeldUnit } from '../../database/operations/copy';
import type { ChildUnit } from '../selection/Selection';
import { Explanations } from './Explanations';
import type { CopyFacts } from './planDestinations';

const held = (id: number): HeldUnit => ({ id, type: 'rpm.package' });

const step = (
  unit: number,
  previous?: number,
  presence: PlanStep['presence'] = 'copied',
): PlanStep => ({
  unit,
  kind: 'package',
  label: `unit ${unit}`,
  reason: previous === undefined ? 'requested' : 'requires',
  requirement: `r${unit}`,
  presence,
  previous,
});

/** Per entry what is asked for, its children, and what comes along by which step. */
function explanationsOf(
  entries: {
    requested?: number[];
    children?: ChildUnit[];
    added?: [unit: number, step: number][];
  }[],
  steps: PlanStep[],
): Explanations {
  return new Explanations({
    selections: entries.map(({ requested = [], children = [] }) => ({
      requested: requested.map(held),
      children,
      ignored: [],
      absent: [],
    })),
    closure: {
      steps,
      entries: entries.map(({ added = [] }, index) => ({
        entry: String(index),
        ignored: [],
        added: added.map(([unit, at]) => ({
          unit,
          kind: 'package',
          step: at,
        })),
      })),
      missing: [],
      missingCount: 0,
      allowedCount: 0,
    },
    companions: entries.map(() => []),
  } as unknown as CopyFacts);
}

const requested = (unitId: number) => ({ unitId, relation: 'requested' });

describe('explanations of several entries', () => {
  // 1 requires 2, 2 requires 3.
  const steps = [
    step(1, undefined, 'requested'),
    step(2, 0),
    step(3, 1),
    step(2, undefined, 'requested'),
    step(3, 3),
  ];
  const added1: [number, number][] = [
    [2, 1],
    [3, 2],
  ];

  it('begin with what was asked for of their own', () => {
    const explanations = explanationsOf(
      [
        { requested: [1], added: added1 },
        { requested: [2], added: [[3, 4]] },
      ],
      steps,
    );
    const text = 'requires r3 → unit 3';
    expect(explanations.explain(1, 3)).toEqual([requested(2), { text }]);
    expect(explanations.explain(0, 3)).toEqual([
      requested(1),
      { text: `requires r2 → unit 2 → ${text}` },
    ]);
    expect(explanations.explainStep(1, 3)).toEqual([requested(2)]);
  });

  it('are not those of an advisory that another one brings', () => {
    const listed = { ...held(2), parentId: 9, relation: 'listed' as const };
    const entries = [
      { requested: [9], children: [listed], added: [] },
      { requested: [2], added: [[3, 4]] as [number, number][] },
    ];
    const text = 'requires r3 → unit 3';
    expect(explanationsOf(entries, steps).explain(1, 3)).toEqual([
      requested(2),
      { text },
    ]);
    entries[1].requested = [];
    expect(explanationsOf(entries, steps).explain(1, 3)).toEqual([
      requested(9),
      { unitId: 2, relation: 'listed' },
      { text },
    ]);
  });
});

import { chainOf, describeChain } from '@rpmportal/rpm-solver';
import type { ModuleCompanion } from '../../database/operations/copy';
import type { Explanation } from '../../plan';
import type { ChildRelation, Selection } from '../selection/Selection';
import type { CopyFacts } from './planDestinations';

interface Origin {
  parentId: number;
  relation: ChildRelation;
}

/** Says of each unit of a copy why it comes along. */
export class Explanations {
  readonly #facts: CopyFacts;
  /** By entry and unit. */
  readonly #origins: Map<number, Origin>[];
  readonly #steps: Map<number, number>[];

  constructor(facts: CopyFacts) {
    this.#facts = facts;
    this.#origins = facts.selections.map((selection, entry) =>
      originsOf(selection, facts.companions[entry] ?? []),
    );
    this.#steps = facts.selections.map((_, entry) => {
      const steps = new Map<number, number>();
      for (const { unit, step } of facts.closure?.entries[entry].added ?? []) {
        steps.set(unit, step);
      }
      return steps;
    });
  }

  /** @param entry - position of the entry that brings the unit */
  explain(entry: number, unitId: number): Explanation {
    const origin = this.#origins[entry].get(unitId);
    if (origin) {
      const { parentId, relation } = origin;
      return [...this.explain(entry, parentId), { unitId, relation }];
    }
    const step = this.#steps[entry].get(unitId);
    return step === undefined
      ? [{ unitId, relation: 'requested' }]
      : this.explainStep(step);
  }

  /** @param step - a position in the steps of the closure */
  explainStep(step: number): Explanation {
    const [first, ...steps] = chainOf(this.#facts.closure!, step);
    // The chain may have begun at another entry, where its first unit is a child.
    const entry = this.#origins.findIndex(origins => origins.has(first.unit));
    const start = this.explain(Math.max(entry, 0), first.unit);
    return steps.length ? [...start, { text: describeChain(steps) }] : start;
  }
}

function originsOf(
  { requested, children }: Selection,
  companions: readonly ModuleCompanion[],
): Map<number, Origin> {
  const origins = new Map<number, Origin>();
  for (const { unitId, modulemdId } of companions) {
    origins.set(unitId, { parentId: modulemdId, relation: 'companion' });
  }
  for (const child of children) origins.set(child.id, child);
  for (const { id } of requested) origins.delete(id);
  return origins;
}

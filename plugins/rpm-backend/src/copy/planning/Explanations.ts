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
  /** Made when asked for; what is asked for can be a whole version. */
  readonly #requested: (Set<number> | undefined)[] = [];

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
      : this.explainStep(entry, step);
  }

  /**
   * @param entry - position of the entry that the step is about
   * @param step - a position in the steps of the closure
   */
  explainStep(entry: number, step: number): Explanation {
    const [first, ...steps] = chainOf(this.#facts.closure!, step);
    const start = this.#explainFirst(entry, first.unit);
    return steps.length ? [...start, { text: describeChain(steps) }] : start;
  }

  /** What a chain begins with is requested, or a child of that: at its own entry, else at another one. */
  #explainFirst(entry: number, unitId: number): Explanation {
    const all = [...this.#origins.keys()];
    for (const at of [entry, ...all]) {
      if (this.#origins[at].has(unitId)) return this.explain(at, unitId);
      if (this.#isRequested(at, unitId)) break;
    }
    return [{ unitId, relation: 'requested' }];
  }

  #isRequested(entry: number, unitId: number): boolean {
    this.#requested[entry] ??= new Set(
      this.#facts.selections[entry].requested.map(({ id }) => id),
    );
    return this.#requested[entry].has(unitId);
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

import { causeOfRemoval, type VersionPlan } from '../repository';
import type { Explanation, PlanSection } from './types';

/**
 * A unit in a stored list: its id, or the label of an advisory that is merged and stored only when
 * the plan is applied.
 */
export type StoredUnit = number | string;

/** What a plan does with a unit; what its section says is left out. */
export interface StoredChange {
  unit: StoredUnit;
  /** What makes it leave. */
  because?: StoredUnit;
  /** Absent: it was asked for itself. */
  explanation?: Explanation;
}

/** Changes that have what happens and why in common. */
export interface ChangeSection {
  section: PlanSection;
  changes: StoredChange[];
}

/** A unit on its way to a destination, with why. */
export interface ExplainedUnit {
  id: number;
  cause: 'requested' | 'child' | 'dependency';
  explanation: Explanation;
}

/** The order of lists: first what nobody named. */
const CAUSES = ['dependency', 'child', 'requested', 'base', 'merged'] as const;

/**
 * Everything that a version's plan does with units, and why.
 *
 * @param destination - position of the repository among those of the plan
 * @param units - what the copy brings; some may be there already
 */
export function sectionsOf(
  destination: number,
  plan: VersionPlan,
  units: Iterable<ExplainedUnit>,
): ChangeSection[] {
  const labels = new Map(
    plan.mergedAdvisories.map(({ unitId, advisory }) => [unitId, advisory.id]),
  );
  const store = (id: number): StoredUnit => labels.get(id) ?? id;
  const sections = new Sections(destination);

  const added = new Set(plan.added);
  const merged = new Set(
    plan.advisoryDecisions.flatMap(({ decision, keptUnitId }) =>
      decision === 'merged' ? keptUnitId : [],
    ),
  );
  for (const cause of CAUSES) sections.open('added', cause);
  for (const { id, cause, explanation } of units) {
    if (!added.delete(id)) continue;
    sections.add('added', cause, {
      unit: id,
      ...(cause !== 'requested' && { explanation }),
    });
  }
  for (const id of added) {
    sections.add('added', merged.has(id) ? 'merged' : 'base', {
      unit: store(id),
    });
  }
  for (const change of ['removed', 'rejected'] as const) {
    for (const { unitId, reason } of plan[change]) {
      const because = causeOfRemoval(reason);
      sections.add(change, reason.kind, {
        unit: store(unitId),
        ...(because !== undefined && { because: store(because) }),
      });
    }
  }
  for (const { unitId, reason } of plan.kept) {
    sections.add('kept', reason, { unit: store(unitId) });
  }
  return sections.filled();
}

/** Sections in the order in which they were opened. */
class Sections {
  readonly #destination: number;
  readonly #byKey = new Map<string, ChangeSection>();

  constructor(destination: number) {
    this.#destination = destination;
  }

  open(
    change: PlanSection['change'],
    cause: PlanSection['cause'],
  ): ChangeSection {
    const key = `${change} ${cause}`;
    const known = this.#byKey.get(key);
    if (known) return known;
    const section = { destination: this.#destination, change, cause };
    const opened: ChangeSection = { section, changes: [] };
    this.#byKey.set(key, opened);
    return opened;
  }

  add(
    change: PlanSection['change'],
    cause: PlanSection['cause'],
    stored: StoredChange,
  ): void {
    this.open(change, cause).changes.push(stored);
  }

  filled(): ChangeSection[] {
    return [...this.#byKey.values()].filter(({ changes }) => changes.length);
  }
}

import { chunksOf } from '../database/chunks';
import { pause } from '../database/pause';
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

/** A unit on its way to a destination. */
export interface ComingUnit {
  id: number;
  cause: 'requested' | 'child' | 'dependency';
}

/** Changes sorted in one go; takes some 10 ms. */
const SORTED = 10_000;

/** The order of lists: first what nobody named. */
const CAUSES = ['dependency', 'child', 'requested', 'base', 'merged'] as const;

/**
 * Everything that a version's plan does with units, and why; explanations are not in it yet.
 *
 * @param destination - position of the repository among those of the plan
 * @param units - what the copy brings; some may be there already
 */
export async function sectionsOf(
  destination: number,
  plan: VersionPlan,
  units: readonly ComingUnit[],
): Promise<ChangeSection[]> {
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
  await inTurns(units, ({ id, cause }) => {
    if (added.delete(id)) sections.add('added', cause, { unit: id });
  });
  await inTurns([...added], id =>
    sections.add('added', merged.has(id) ? 'merged' : 'base', {
      unit: store(id),
    }),
  );
  for (const change of ['removed', 'rejected'] as const) {
    await inTurns(plan[change], ({ unitId, reason }) => {
      const because = causeOfRemoval(reason);
      sections.add(change, reason.kind, {
        unit: store(unitId),
        ...(because !== undefined && { because: store(because) }),
      });
    });
  }
  await inTurns(plan.kept, ({ unitId, reason }) =>
    sections.add('kept', reason, { unit: store(unitId) }),
  );
  return sections.filled();
}

async function inTurns<T>(
  items: readonly T[],
  sort: (item: T) => void,
): Promise<void> {
  for (const chunk of chunksOf(items, SORTED)) {
    chunk.forEach(sort);
    await pause();
  }
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

import type { MembershipDifference } from '../database/operations/versions';
import type { RemovalReason, VersionPlan } from './versionTypes';

/**
 * A version being decided: what changes against the content that it starts from. Holds no database
 * and knows no rules; the rules look at it and change it one after the other.
 *
 * @remarks
 * Invariants: `added` holds nothing of the starting content, `removed` nothing but it.
 */
export class VersionDraft {
  readonly #added = new Set<number>();
  readonly #removed = new Map<number, RemovalReason>();
  readonly #rejected = new Map<number, RemovalReason>();

  get added(): ReadonlySet<number> {
    return this.#added;
  }

  get removed(): ReadonlyMap<number, RemovalReason> {
    return this.#removed;
  }

  /** Brings in a unit that the draft does not hold. */
  add(unitId: number): void {
    if (!this.#removed.delete(unitId)) this.#added.add(unitId);
  }

  /** Takes out a unit, of the starting content or one that would have come in. */
  remove(unitId: number, reason: RemovalReason): void {
    if (this.#added.delete(unitId)) this.#rejected.set(unitId, reason);
    else this.#removed.set(unitId, reason);
  }

  /**
   * The draft as changes of the latest version.
   *
   * @param shift - how the starting content differs from the latest version's: `onlyFirst` is what
   *   only the starting content has, `onlySecond` what only the latest has
   * @param shiftReason - why the latter is left out
   */
  relativeToLatest(
    shift: MembershipDifference,
    shiftReason: RemovalReason,
  ): Pick<VersionPlan, 'added' | 'removed' | 'rejected'> {
    const notInLatest = new Set(shift.onlyFirst);
    const onlyInLatest = new Set(shift.onlySecond);
    const added = [
      ...shift.onlyFirst.filter(id => !this.#removed.has(id)),
      ...[...this.#added].filter(id => !onlyInLatest.has(id)),
    ];
    const removed = [
      ...shift.onlySecond
        .filter(id => !this.#added.has(id))
        .map(unitId => ({
          unitId,
          reason: this.#rejected.get(unitId) ?? shiftReason,
        })),
      ...[...this.#removed]
        .filter(([id]) => !notInLatest.has(id))
        .map(([unitId, reason]) => ({ unitId, reason })),
    ];
    const rejected = [...this.#rejected]
      .filter(([id]) => !onlyInLatest.has(id))
      .map(([unitId, reason]) => ({ unitId, reason }));
    return {
      added: added.sort((a, b) => a - b),
      removed: removed.sort((a, b) => a.unitId - b.unitId),
      rejected: rejected.sort((a, b) => a.unitId - b.unitId),
    };
  }
}

import { type Cancellation, checkCancelled } from '../../cancellation';
import { Compatibility } from '../../pool/Compatibility';
import type { PackageId, RequirementId } from '../../pool/Pool';
import { failingSets } from '../../requirement/failingSets';
import { type Availability, canHold } from '../../requirement/canHold';
import type { PackageSet } from '../../requirement/Requirement';
import type { Examination } from './Examination';

/** A requirement of a package that nothing meets, whatever else the package needs. */
export interface UnmetRequirement {
  id: RequirementId;
  /** What of it nothing meets; empty when the package itself is in the way. */
  sets: readonly PackageSet[];
  /** Packages that could serve, but that cannot be installed along with the one that requires it. */
  clashing: readonly PackageId[];
  /** Packages that could serve, but that cannot be installed. */
  broken: readonly PackageId[];
}

/** Finds requirements that are unmet by themselves, and remembers them. */
export class UnmetRequirements {
  readonly #examination: Examination;
  readonly #cancellation: Cancellation;
  readonly #compatibility: Compatibility;
  readonly #found = new Map<PackageId, readonly UnmetRequirement[]>();

  constructor(examination: Examination, cancellation: Cancellation) {
    this.#examination = examination;
    this.#cancellation = cancellation;
    this.#compatibility = Compatibility.of(examination.pool);
  }

  /** In the order of their texts. @throws CancelledError */
  of(owner: PackageId): readonly UnmetRequirement[] {
    let found = this.#found.get(owner);
    if (!found) {
      checkCancelled(this.#cancellation);
      found = this.#find(owner);
      this.#found.set(owner, found);
    }
    return found;
  }

  #find(owner: PackageId): UnmetRequirement[] {
    const { pool } = this.#examination;
    const { starts, values } = pool.columns.requires;
    const availability: Availability = {
      isThere: set =>
        pool
          .packagesIn(set)
          .some(
            id =>
              id === owner ||
              (this.#couldServe(owner, id) &&
                this.#examination.isInstallable(id) &&
                !this.#compatibility.clash(owner, id)),
          ),
      includesOwner: set => pool.packagesIn(set).includes(owner),
    };
    return [...values.subarray(starts[owner], starts[owner + 1])]
      .filter(id => !canHold(pool.requirement(id), availability))
      .sort((a, b) => pool.compareRequirements(a, b))
      .map(id => {
        const sets = failingSets(pool.requirement(id), availability);
        const candidates = [
          ...new Set(sets.flatMap(set => [...pool.packagesIn(set)])),
        ]
          .filter(each => this.#couldServe(owner, each))
          .sort((a, b) => pool.order.compare(b, a));
        return {
          id,
          sets,
          clashing: candidates.filter(each =>
            this.#examination.isInstallable(each),
          ),
          broken: candidates.filter(
            each => !this.#examination.isInstallable(each),
          ),
        };
      });
  }

  #couldServe(owner: PackageId, id: PackageId): boolean {
    return (
      this.#examination.has(id) && this.#compatibility.archsMeet(owner, id)
    );
  }
}

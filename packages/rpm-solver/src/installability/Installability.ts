import type { Cancellation } from '../cancellation';
import type { PackageId, Pool, RequirementId } from '../pool/Pool';
import { ClauseSearch, type SearchRules } from './ClauseSearch';
import { GrowingInstallation } from './GrowingInstallation';
import { InstallRules, type InstallSource } from './InstallRules';

/** What to prefer where there is a choice. */
export interface InstallPreference extends Cancellation {
  /** Negative when the first item is preferred to the second. Total. */
  compare: (a: number, b: number) => number;
}

/**
 * Answers which packages and modules can be installed from some repositories, each by itself: whether
 * there is a set of what is there that contains the item and fits together.
 *
 * @remarks
 * Items are the pool's packages followed by its modules. What was found for one item proves all that the
 * set contains, so asking about everything that a repository holds takes little more than asking about
 * the packages that exclude each other.
 */
export class Installability {
  readonly #rules: InstallRules;
  readonly #preference: InstallPreference;
  readonly #search: ClauseSearch;
  readonly #growing: GrowingInstallation;
  readonly #proven: Uint8Array;

  constructor(
    pool: Pool,
    source: InstallSource,
    preference: InstallPreference,
  ) {
    this.#rules = new InstallRules(pool, source);
    this.#preference = preference;
    const rules: SearchRules = {
      ...preference,
      itemCount: this.#rules.itemCount,
      demandsOf: item => this.#rules.demandsOf(item),
    };
    this.#search = new ClauseSearch(rules);
    this.#growing = new GrowingInstallation(rules);
    this.#proven = new Uint8Array(rules.itemCount);
  }

  /** @throws CancelledError */
  isInstallable(item: number): boolean {
    if (!this.#rules.has(item)) return false;
    if (this.#proven[item] === 1 || this.#growing.has(item)) return true;
    return (
      this.#growing.tryAdd(item) || this.findInstallation(item) !== undefined
    );
  }

  /**
   * A set that contains the item and fits together, in the order in which one led to the next;
   * undefined when there is none.
   *
   * @throws CancelledError
   */
  findInstallation(item: number): number[] | undefined {
    if (!this.#rules.has(item)) return undefined;
    const found = this.#search.find(item);
    for (const member of found ?? []) this.#proven[member] = 1;
    return found;
  }

  /**
   * Whether the package could be installed if it required nothing but these of its requirements.
   *
   * @throws CancelledError
   */
  isInstallableWith(
    id: PackageId,
    requirements: readonly RequirementId[],
  ): boolean {
    const search = new ClauseSearch({
      ...this.#preference,
      itemCount: this.#rules.itemCount,
      demandsOf: item =>
        item === id
          ? this.#rules.demandsOfPackage(id, requirements)
          : this.#rules.demandsOf(item),
    });
    return search.find(id) !== undefined;
  }
}

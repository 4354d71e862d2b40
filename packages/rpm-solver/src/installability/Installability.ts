import type { Cancellation } from '../cancellation';
import type { PackageId, Pool, RequirementId } from '../pool/Pool';
import { ClauseSearch, type SearchRules } from './ClauseSearch';
import type { Formula } from './Formula';
import { GrowingInstallation } from './GrowingInstallation';
import { InstallRules, type InstallSource } from './InstallRules';

/** As many sets as are grown side by side: for packages of this and of that line of what is there. */
const SETS = 8;

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
  readonly #searchRules: SearchRules;
  /** The one that took something in last is the first. */
  #growing: GrowingInstallation[];
  readonly #proven: Uint8Array;

  constructor(
    pool: Pool,
    source: InstallSource,
    preference: InstallPreference,
  ) {
    this.#rules = new InstallRules(pool, source);
    this.#preference = preference;
    this.#searchRules = {
      ...preference,
      itemCount: this.#rules.itemCount,
      has: item => this.#rules.has(item),
      demandsOf: item => this.#rules.demandsOf(item),
    };
    this.#search = new ClauseSearch(this.#searchRules);
    this.#growing = [new GrowingInstallation(this.#searchRules)];
    this.#proven = new Uint8Array(this.#rules.itemCount);
  }

  /** Takes over what was proven with less, if that proves anything. */
  inherit(earlier: Installability): void {
    if (!this.#rules.covers(earlier.#rules)) return;
    for (let item = 0; item < this.#rules.itemCount; item++) {
      if (earlier.#isKnown(item)) this.#proven[item] = 1;
    }
  }

  /** Whether the item is there and the machine takes it. */
  has(item: number): boolean {
    return this.#rules.has(item);
  }

  /** @throws CancelledError */
  isInstallable(item: number): boolean {
    if (!this.#rules.has(item)) return false;
    if (this.#isKnown(item) || this.#grow([item])) return true;
    const found = this.findInstallation(item);
    if (found) this.#growFrom(found);
    return found !== undefined;
  }

  #isKnown(item: number): boolean {
    return this.#proven[item] === 1 || this.#growing.some(set => set.has(item));
  }

  /** Whether some set contains all of the items. @throws CancelledError */
  areInstallable(items: readonly number[]): boolean {
    return (
      items.every(item => this.#rules.has(item)) &&
      (this.#grow(items) || this.findInstallation(...items) !== undefined)
    );
  }

  /** Whether one of the sets takes in all of the items. */
  #grow(items: readonly number[]): boolean {
    const taker = this.#growing.find(set =>
      items.every(item => set.tryAdd(item)),
    );
    if (taker) {
      this.#growing = [taker, ...this.#growing.filter(set => set !== taker)];
    }
    return taker !== undefined;
  }

  /** What no set took in begins another, for what is like it. */
  #growFrom(items: readonly number[]): void {
    const set = new GrowingInstallation(this.#searchRules);
    set.adopt(items);
    this.#growing = [set, ...this.#growing];
    const dropped = this.#growing.length > SETS && this.#growing.pop();
    if (!dropped) return;
    for (let item = 0; item < this.#rules.itemCount; item++) {
      if (dropped.has(item)) this.#proven[item] = 1;
    }
  }

  /**
   * A set that contains the items and fits together, in the order in which one led to the next;
   * undefined when there is none.
   *
   * @throws CancelledError
   */
  findInstallation(...items: number[]): number[] | undefined {
    if (!items.every(item => this.#rules.has(item))) return undefined;
    const found = this.#search.find(...items);
    for (const member of found ?? []) this.#proven[member] = 1;
    return found;
  }

  /**
   * Of the requirements of a package that cannot be installed, the fewest that make it so; empty when it
   * could not be installed though it required nothing.
   *
   * @throws CancelledError
   */
  findCulprits(
    id: PackageId,
    requirements: readonly RequirementId[],
  ): RequirementId[] {
    const isHopeless = this.#hopelessness(id, requirements);
    const culprits: number[] = [];
    // The shortest hopeless beginning of what is left ends with one of them.
    for (let rest = requirements.length; rest > 0; ) {
      if (isHopeless(culprits)) break;
      let [enough, length] = [rest, 1];
      while (length < enough) {
        const middle = (length + enough) >> 1;
        if (isHopeless([...culprits, ...Array(middle).keys()])) enough = middle;
        else length = middle + 1;
      }
      rest = length - 1;
      culprits.push(rest);
    }
    return culprits.sort((a, b) => a - b).map(index => requirements[index]);
  }

  /**
   * Whether a package cannot be installed with only some of its requirements, by their positions: each
   * gets an item of its own that switches it on.
   */
  #hopelessness(
    id: PackageId,
    requirements: readonly RequirementId[],
  ): (positions: readonly number[]) => boolean {
    const rules = this.#rules;
    const { itemCount } = rules;
    const search = new ClauseSearch({
      ...this.#preference,
      itemCount: itemCount + requirements.length,
      has: item => item >= itemCount || rules.has(item),
      demandsOf: item => {
        if (item < itemCount && item !== id) return rules.demandsOf(item);
        return item === id
          ? [
              ...rules.demandsOfPackage(id),
              ...requirements.map(
                (requirement, position): Formula => ({
                  kind: 'one',
                  parts: [
                    { kind: 'none', items: [itemCount + position] },
                    rules.requirementOf(id, requirement),
                  ],
                }),
              ),
            ]
          : [];
      },
    });
    return positions =>
      search.find(id, ...positions.map(each => itemCount + each)) === undefined;
  }
}

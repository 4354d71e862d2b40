import { installsOn, isSourceArch } from '../architecture/architectures';
import { type Cancellation, checkCancelled } from '../cancellation';
import { Compatibility } from '../pool/Compatibility';
import { IntList } from '../pool/IntList';
import type { PackageId, Pool, PoolRepository } from '../pool/Pool';
import { canHold } from '../requirement/canHold';

/** What {@link findBroken} looks at. */
export interface BrokenOptions extends Cancellation {
  /** Whether source packages need what they require for building; they need nothing otherwise. */
  sourceRequires?: boolean;
  /** The machine architecture to judge for: what it cannot install does not count as being there. */
  architecture?: string;
}

const PACKAGES_PER_CHECK = 1024;

/**
 * Finds the packages whose requirements the given repositories together cannot meet.
 *
 * @remarks
 * A package is broken when, for one of its requirements, no provider is there, fits its architecture,
 * does not clash with it and is not broken itself; packages that need each other in a circle are not
 * broken by that. Conditions of rich dependencies count as avoidable. The answer is the largest set of
 * unbroken packages (a greatest fixpoint): each requirement watches one provider that meets it and
 * looks for another when that one turns out broken, so the work is linear in the number of
 * requirements, apart from very long lists of broken providers.
 *
 * Tens of milliseconds for 50,000 packages. The answers to the last questions are remembered for all
 * pools on the same image: what can be had from a source and a destination is mostly the same after a
 * copy from the one to the other.
 *
 * @returns 1 at the position of each broken package; packages of other repositories have 0.
 */
export function findBroken(
  pool: Pool,
  repositories: readonly PoolRepository[],
  options: BrokenOptions = {},
): Uint8Array {
  const { sourceRequires = false, architecture = '' } = options;
  const there = packagesThere(pool, repositories, options.architecture);
  const answers = pool.deriveFromUnits(
    JSON.stringify(['broken', sourceRequires, architecture]),
    (): Answer[] => [],
  );
  const known = answers.find(
    answer => Buffer.compare(answer.there, there) === 0,
  );
  if (known) return known.broken;
  const broken = new BrokenSearch(pool, there, options).run();
  answers.unshift({ there, broken });
  answers.splice(ANSWERS);
  return broken;
}

/** What is broken when some packages are there. */
interface Answer {
  there: Uint8Array;
  broken: Uint8Array;
}

/** As many as there are destinations to a request, which each plan asks for anew. */
const ANSWERS = 16;

/** Those that the machine can install. */
function packagesThere(
  pool: Pool,
  repositories: readonly PoolRepository[],
  machine: string | undefined,
): Uint8Array {
  const { archIds, archs } = pool.columns;
  const can = Uint8Array.from(archs, arch =>
    machine === undefined || isSourceArch(arch) || installsOn(machine, arch)
      ? 1
      : 0,
  );
  const there = new Uint8Array(pool.packageCount);
  for (const { packages } of repositories) {
    for (let id = 0; id < there.length; id++) {
      there[id] |= packages[id] & can[archIds[id]];
    }
  }
  return there;
}

/** By position in the requires column: the package that requires. */
function ownersOf(pool: Pool): Int32Array {
  return pool.deriveFromUnits('owners of requirements', () => {
    const { starts, values } = pool.columns.requires;
    const owners = new Int32Array(values.length);
    for (let id = 0; id < pool.packageCount; id++) {
      owners.fill(id, starts[id], starts[id + 1]);
    }
    return owners;
  });
}

class BrokenSearch {
  readonly #pool: Pool;
  readonly #options: BrokenOptions;
  readonly #compatibility: Compatibility;
  readonly #there: Uint8Array;
  readonly #broken: Uint8Array;
  readonly #pending: PackageId[] = [];
  /** By provider, the latest entry of its list of watches; an entry names a slot and the next one. */
  readonly #watchHeads: Int32Array;
  readonly #watchNext = new IntList();
  readonly #watchSlots = new IntList();
  readonly #owners: Int32Array;

  constructor(pool: Pool, there: Uint8Array, options: BrokenOptions) {
    this.#pool = pool;
    this.#options = options;
    this.#compatibility = Compatibility.of(pool);
    this.#there = there;
    this.#broken = new Uint8Array(pool.packageCount);
    this.#watchHeads = new Int32Array(pool.packageCount).fill(-1);
    this.#owners = ownersOf(pool);
  }

  run(): Uint8Array {
    const { starts } = this.#pool.columns.requires;
    for (let id = 0; id < this.#pool.packageCount; id++) {
      this.#checkCancelled(id);
      if (this.#there[id] === 1 && this.#needsAnything(id)) {
        for (let slot = starts[id]; slot < starts[id + 1]; slot++) {
          this.#watchOrBreak(slot);
        }
      }
    }
    for (let done = 0; this.#pending.length > 0; done++) {
      this.#checkCancelled(done);
      const broken = this.#pending.pop()!;
      let watch = this.#watchHeads[broken];
      for (; watch >= 0; watch = this.#watchNext.at(watch)) {
        this.#watchOrBreak(this.#watchSlots.at(watch));
      }
    }
    return this.#broken;
  }

  #checkCancelled(count: number): void {
    if (count % PACKAGES_PER_CHECK === 0) {
      checkCancelled(this.#options);
    }
  }

  #needsAnything(id: PackageId): boolean {
    return (
      this.#options.sourceRequires === true ||
      !isSourceArch(this.#pool.arch(id))
    );
  }

  #watchOrBreak(slot: number): void {
    const owner = this.#owners[slot];
    if (this.#broken[owner] === 1) {
      return;
    }
    const id = this.#pool.columns.requires.values[slot];
    const isMet =
      id >= 0
        ? this.#watchOneOf(slot, this.#pool.providers(id))
        : canHold(this.#pool.requirement(id), {
            isThere: set => this.#watchOneOf(slot, this.#pool.packagesIn(set)),
            includesOwner: set => this.#pool.packagesIn(set).includes(owner),
          });
    if (!isMet) {
      this.#broken[owner] = 1;
      this.#pending.push(owner);
    }
  }

  #watchOneOf(slot: number, candidates: Int32Array): boolean {
    const owner = this.#owners[slot];
    for (const candidate of candidates) {
      if (candidate === owner) {
        return true;
      }
      if (
        this.#there[candidate] === 1 &&
        this.#broken[candidate] === 0 &&
        this.#compatibility.archsMeet(owner, candidate) &&
        !this.#compatibility.clash(owner, candidate)
      ) {
        this.#watchSlots.push(slot);
        this.#watchNext.push(this.#watchHeads[candidate]);
        this.#watchHeads[candidate] = this.#watchSlots.length - 1;
        return true;
      }
    }
    return false;
  }
}

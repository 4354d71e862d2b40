import { isSourceArch } from '../../architecture/architectures';
import type { Cancellation } from '../../cancellation';
import type {
  ModuleId,
  PackageId,
  Pool,
  PoolRepository,
} from '../../pool/Pool';
import { findBroken } from '../findBroken';
import { Installability } from '../Installability';

const UNKNOWN = 0;
const INSTALLABLE = 1;
const BROKEN = 2;

/** Finds out which packages one machine can install from some repository versions. */
export class Examination {
  readonly pool: Pool;
  /** Undefined when everything there is for any machine. */
  readonly machine: string | undefined;
  readonly installability: Installability;
  readonly #packages: Uint8Array;
  readonly #modules: Uint8Array;
  readonly #certainlyBroken: Uint8Array;
  readonly #verdicts: Uint8Array;

  constructor(
    pool: Pool,
    repositories: readonly PoolRepository[],
    machine: string | undefined,
    cancellation: Cancellation,
  ) {
    this.pool = pool;
    this.machine = machine;
    this.#packages = union(repositories.map(of => of.packages));
    this.#modules = union(repositories.map(of => of.modules));
    this.#verdicts = new Uint8Array(pool.packageCount);
    this.#certainlyBroken = findBroken(pool, repositories, {
      ...cancellation,
      architecture: machine,
    });
    this.installability = new Installability(
      pool,
      {
        packages: this.#packages,
        modules: this.#modules,
        architecture: machine,
      },
      { ...cancellation, compare: (a, b) => compareItems(pool, a, b) },
    );
  }

  /** Whether a package is there and the machine takes it. */
  has(id: PackageId): boolean {
    return this.installability.has(id);
  }

  /** Whether a package is there, for whichever machine. */
  holds(id: PackageId): boolean {
    return this.#packages[id] === 1;
  }

  hasModule(id: ModuleId): boolean {
    return this.#modules[id] === 1;
  }

  /** Whether a package is there, is installed rather than built, and the machine takes it. */
  examines(id: PackageId): boolean {
    return this.has(id) && !isSourceArch(this.pool.arch(id));
  }

  /**
   * Whether there is a set of packages to be had that contains this one and fits together.
   *
   * @throws CancelledError
   */
  isInstallable(id: PackageId): boolean {
    if (this.#verdicts[id] === UNKNOWN) {
      this.#verdicts[id] =
        this.#certainlyBroken[id] === 0 && this.installability.isInstallable(id)
          ? INSTALLABLE
          : BROKEN;
    }
    return this.#verdicts[id] === INSTALLABLE;
  }
}

function union(sets: readonly Uint8Array[]): Uint8Array {
  const all = sets[0].slice();
  for (const set of sets.slice(1)) {
    for (let id = 0; id < all.length; id++) all[id] |= set[id];
  }
  return all;
}

/** Packages before modules, the newest of a name first: what has come last is likeliest to fit together. */
function compareItems(pool: Pool, a: number, b: number): number {
  const { packageCount, order } = pool;
  const { names } = pool.columns;
  if (a >= packageCount || b >= packageCount) {
    return a >= packageCount && b >= packageCount
      ? order.compareModules(a - packageCount, b - packageCount)
      : a - b;
  }
  return names[a] === names[b] ? order.compare(b, a) : order.compare(a, b);
}

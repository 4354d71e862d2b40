import { canMeet } from '../architecture/architectures';
import type { PackageId, Pool } from './Pool';

/** Which pairs of packages of a pool can work together on one machine. */
export class Compatibility {
  readonly #pool: Pool;
  readonly #archPairs: Uint8Array;
  readonly #archCount: number;
  readonly #noarchId: number;
  readonly #archIds: Int32Array;
  readonly #names: Int32Array;
  /** 1 for each package that names others it conflicts with or obsoletes. */
  readonly #rejecting: Uint8Array;

  constructor(pool: Pool) {
    this.#pool = pool;
    const { archs, archIds, names, conflicts, obsoletes } = pool.columns;
    this.#archCount = archs.length;
    this.#noarchId = archs.indexOf('noarch');
    this.#archIds = archIds;
    this.#names = names;
    this.#rejecting = Uint8Array.from(archIds, (_, id) =>
      conflicts.starts[id] < conflicts.starts[id + 1] ||
      obsoletes.starts[id] < obsoletes.starts[id + 1]
        ? 1
        : 0,
    );
    this.#archPairs = new Uint8Array(archs.length ** 2);
    archs.forEach((a, i) =>
      archs.forEach((b, j) => {
        this.#archPairs[i * archs.length + j] = canMeet(a, b) ? 1 : 0;
      }),
    );
  }

  static of(pool: Pool): Compatibility {
    return pool.derive('compatibility', () => new Compatibility(pool));
  }

  /** Whether the architectures let one package meet a requirement of the other. */
  archsMeet(a: PackageId, b: PackageId): boolean {
    return (
      this.#archPairs[this.#archIds[a] * this.#archCount + this.#archIds[b]] ===
      1
    );
  }

  /**
   * Whether two packages can never be installed together: two builds of one name and architecture,
   * where `noarch` is the same as any, or one conflicts with or obsoletes the other.
   */
  clash(a: PackageId, b: PackageId): boolean {
    if (a === b) {
      return false;
    }
    return (
      (this.#names[a] === this.#names[b] &&
        (this.#archIds[a] === this.#archIds[b] ||
          this.#archIds[a] === this.#noarchId ||
          this.#archIds[b] === this.#noarchId)) ||
      (this.#rejecting[a] === 1 && this.#rejects(a, b)) ||
      (this.#rejecting[b] === 1 && this.#rejects(b, a))
    );
  }

  #rejects(a: PackageId, b: PackageId): boolean {
    const { conflicts, obsoletes, relations, names, rich } = this.#pool.columns;
    for (let i = conflicts.starts[a]; i < conflicts.starts[a + 1]; i++) {
      const conflict = conflicts.values[i];
      const requirement =
        conflict < 0 ? rich[~conflict].requirement : undefined;
      // Rich conflicts about several packages at once are no matter between two.
      if (
        conflict >= 0
          ? this.#pool.providers(conflict).includes(b)
          : requirement?.kind === 'any' &&
            this.#pool.packagesIn(requirement.of).includes(b)
      ) {
        return true;
      }
    }
    for (let i = obsoletes.starts[a]; i < obsoletes.starts[a + 1]; i++) {
      const obsolete = obsoletes.values[i];
      // Obsoletes speak of package names, not of what packages provide.
      if (
        obsolete >= 0 &&
        relations.name(obsolete) === names[b] &&
        relations.admits(obsolete, { flags: 'EQ', ...this.#pool.evr(b) })
      ) {
        return true;
      }
    }
    return false;
  }
}

import { canMeet } from '../architecture/architectures';
import type { PackageId, Pool } from './Pool';

/** Which pairs of packages of a pool can work together on one machine. */
export class Compatibility {
  readonly #pool: Pool;
  readonly #archPairs: Uint8Array;

  constructor(pool: Pool) {
    this.#pool = pool;
    const { archs } = pool.columns;
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
    const { archIds, archs } = this.#pool.columns;
    return this.#archPairs[archIds[a] * archs.length + archIds[b]] === 1;
  }

  /**
   * Whether two packages can never be installed together: two builds of one name and architecture,
   * or one conflicts with or obsoletes the other.
   */
  clash(a: PackageId, b: PackageId): boolean {
    if (a === b) {
      return false;
    }
    const { names, archIds } = this.#pool.columns;
    return (
      (names[a] === names[b] && archIds[a] === archIds[b]) ||
      this.#rejects(a, b) ||
      this.#rejects(b, a)
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

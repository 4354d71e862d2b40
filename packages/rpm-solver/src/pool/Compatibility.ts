import { canMeet, isSourceArch } from '../architecture/architectures';
import type { PackageId, Pool } from './Pool';
import type { RelationId } from '../image/ImageRelations';
import { groupByRow, type Rows } from './Rows';

/** Which pairs of packages of a pool can work together on one machine. */
export class Compatibility {
  readonly #pool: Pool;
  readonly #archPairs: Uint8Array;
  readonly #archCount: number;
  readonly #noarchId: number;
  readonly #archIds: Int32Array;
  readonly #names: Int32Array;
  /** By architecture. Sources are built, not installed: nothing is in their way but their own conflicts. */
  readonly #isSource: readonly boolean[];
  /** By package, which others it conflicts with or obsoletes; computed when it is asked for first. */
  readonly #rejected = new Map<PackageId, ReadonlySet<PackageId>>();
  /** 1 for each package that names others it conflicts with or obsoletes. */
  readonly #rejecting: Uint8Array;

  constructor(pool: Pool) {
    this.#pool = pool;
    const { archs, archIds, names, conflicts, obsoletes } = pool.columns;
    this.#archCount = archs.length;
    this.#noarchId = archs.indexOf('noarch');
    this.#archIds = archIds;
    this.#names = names;
    this.#isSource = archs.map(isSourceArch);
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

  /** Computed when it is asked for first: most plans find their answers without. */
  #packagesByName?: Rows;

  static of(pool: Pool): Compatibility {
    return pool.deriveFromUnits('compatibility', () => new Compatibility(pool));
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
      (this.#names[a] === this.#names[b] && this.#sharesPlace(a, b)) ||
      (this.#rejecting[a] === 1 && this.#rejects(a, b)) ||
      (this.#rejecting[b] === 1 && this.#rejects(b, a))
    );
  }

  /**
   * The packages that one keeps from being installed beside it: other builds of its name, and what it
   * conflicts with or obsoletes. Two packages can be together unless one of them has the other here; rich
   * conflicts are left out.
   */
  rivalsOf(id: PackageId): PackageId[] {
    const { conflicts, names } = this.#pool.columns;
    const rivals = new Set<PackageId>();
    for (const other of this.#named(names[id])) {
      if (this.#sharesPlace(id, other)) rivals.add(other);
    }
    for (let i = conflicts.starts[id]; i < conflicts.starts[id + 1]; i++) {
      const conflict = conflicts.values[i];
      if (conflict < 0) continue;
      for (const other of this.#pool.providers(conflict)) rivals.add(other);
    }
    for (const other of this.#obsoletedBy(id)) rivals.add(other);
    rivals.delete(id);
    return [...rivals];
  }

  #sharesPlace(a: PackageId, b: PackageId): boolean {
    return (
      !this.#isSource[this.#archIds[a]] &&
      !this.#isSource[this.#archIds[b]] &&
      (this.#archIds[a] === this.#archIds[b] ||
        this.#archIds[a] === this.#noarchId ||
        this.#archIds[b] === this.#noarchId)
    );
  }

  /** Obsoletes speak of package names, not of what packages provide. */
  #obsoletes(relation: RelationId, id: PackageId): boolean {
    const { relations, names } = this.#pool.columns;
    return (
      !this.#isSource[this.#archIds[id]] &&
      relations.name(relation) === names[id] &&
      relations.admits(relation, { flags: 'EQ', ...this.#pool.evr(id) })
    );
  }

  #rejects(a: PackageId, b: PackageId): boolean {
    let rejected = this.#rejected.get(a);
    if (!rejected) {
      rejected = new Set(this.#rejectedBy(a));
      this.#rejected.set(a, rejected);
    }
    return rejected.has(b);
  }

  *#rejectedBy(id: PackageId): Iterable<PackageId> {
    const { conflicts } = this.#pool.columns;
    for (let i = conflicts.starts[id]; i < conflicts.starts[id + 1]; i++) {
      const requirement = this.#pool.requirement(conflicts.values[i]);
      // Rich conflicts about several packages at once are no matter between two.
      if (requirement.kind === 'any') {
        yield* this.#pool.packagesIn(requirement.of);
      }
    }
    yield* this.#obsoletedBy(id);
  }

  /** To build sources takes nobody's place. */
  *#obsoletedBy(id: PackageId): Iterable<PackageId> {
    if (this.#isSource[this.#archIds[id]]) return;
    const { obsoletes, relations } = this.#pool.columns;
    for (let i = obsoletes.starts[id]; i < obsoletes.starts[id + 1]; i++) {
      const obsolete = obsoletes.values[i];
      if (obsolete < 0) continue;
      for (const other of this.#named(relations.name(obsolete))) {
        if (this.#obsoletes(obsolete, other)) yield other;
      }
    }
  }

  #named(name: number): Int32Array {
    const { names, strings } = this.#pool.columns;
    this.#packagesByName ??= groupByRow(
      names,
      names.map((_, each) => each),
      strings.size,
    );
    const { starts, values } = this.#packagesByName;
    return values.subarray(starts[name], starts[name + 1]);
  }
}

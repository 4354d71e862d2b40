import {
  formatRelation,
  satisfiesRelation,
  type VersionRange,
} from '@rpmportal/rpm-format';

/** An id of the table's own: a name with, perhaps, a range of versions. */
export type RelationId = number;

const UNVERSIONED: VersionRange = {};

/** Gives each distinct relation, such as `libfoo >= 1.2`, a small integer. */
export class RelationTable {
  readonly #plain: RelationId[] = [];
  readonly #versioned = new Map<string, RelationId>();
  readonly #names: number[] = [];
  readonly #ranges: VersionRange[] = [];

  get size(): number {
    return this.#names.length;
  }

  /** @param name - the id of the relation's name in the pool's string table */
  intern(name: number, range: VersionRange = UNVERSIONED): RelationId {
    const { flags, epoch = '', version, release = '' } = range;
    if (flags === undefined || !version) {
      this.#plain[name] ??= this.#add(name, UNVERSIONED);
      return this.#plain[name];
    }
    const key = `${name} ${flags}${epoch}:${version}-${release}`;
    let relation = this.#versioned.get(key);
    if (relation === undefined) {
      relation = this.#add(name, { flags, epoch, version, release });
      this.#versioned.set(key, relation);
    }
    return relation;
  }

  /** The string id of the relation's name. */
  name(relation: RelationId): number {
    return this.#names[relation];
  }

  /** Whether two relations of the same name have a version in common. */
  overlap(a: RelationId, b: RelationId): boolean {
    return a === b || satisfiesRelation(this.#ranges[a], this.#ranges[b]);
  }

  /** Whether a version lies in the relation's range. */
  admits(relation: RelationId, exact: VersionRange): boolean {
    return satisfiesRelation(exact, this.#ranges[relation]);
  }

  /** The relation as people write it, given its name. */
  text(relation: RelationId, name: string): string {
    return formatRelation({ name, ...this.#ranges[relation] });
  }

  #add(name: number, range: VersionRange): RelationId {
    this.#names.push(name);
    this.#ranges.push(range);
    return this.#names.length - 1;
  }
}

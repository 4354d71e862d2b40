import {
  formatRelation,
  satisfiesRelation,
  type RelationFlag,
  type VersionRange,
} from '@rpmportal/rpm-format';

/** An id of the table's own: a name with, perhaps, a range of versions. */
export type RelationId = number;

const UNVERSIONED: VersionRange = {};
const FLAGS: Record<RelationFlag, number> = {
  EQ: 1,
  LT: 2,
  GT: 3,
  LE: 4,
  GE: 5,
};

/**
 * Gives each distinct relation, such as `libfoo >= 1.2`, a small integer.
 *
 * @remarks
 * A hash table of its own, because a repository has a million relations and a `Map` would need a text
 * to be put together for each of them.
 */
export class RelationTable {
  readonly #names: number[] = [];
  readonly #ranges: VersionRange[] = [];
  /** By hash, the relation's id plus one; 0 when free. The length is a power of two. */
  #slots = new Int32Array(1 << 12);

  get size(): number {
    return this.#names.length;
  }

  /** @param name - the id of the relation's name in the pool's string table */
  intern(name: number, range: VersionRange = UNVERSIONED): RelationId {
    const wanted =
      range.flags === undefined || !range.version ? UNVERSIONED : range;
    let slot = hashOf(name, wanted) & (this.#slots.length - 1);
    for (;;) {
      const relation = this.#slots[slot] - 1;
      if (relation < 0) {
        return this.#add(slot, name, wanted);
      }
      if (
        this.#names[relation] === name &&
        isSame(this.#ranges[relation], wanted)
      ) {
        return relation;
      }
      slot = (slot + 1) & (this.#slots.length - 1);
    }
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

  #add(slot: number, name: number, range: VersionRange): RelationId {
    const relation = this.#names.length;
    const { flags, epoch = '', version = '', release = '' } = range;
    this.#names.push(name);
    this.#ranges.push(
      range === UNVERSIONED ? range : { flags, epoch, version, release },
    );
    this.#slots[slot] = relation + 1;
    if (this.#names.length * 2 > this.#slots.length) {
      this.#grow();
    }
    return relation;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    this.#names.forEach((name, relation) => {
      let slot = hashOf(name, this.#ranges[relation]) & (slots.length - 1);
      while (slots[slot] !== 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = relation + 1;
    });
    this.#slots = slots;
  }
}

function isSame(known: VersionRange, wanted: VersionRange): boolean {
  return (
    known.flags === wanted.flags &&
    known.version === wanted.version &&
    (known.release ?? '') === (wanted.release ?? '') &&
    (known.epoch ?? '') === (wanted.epoch ?? '')
  );
}

function hashOf(name: number, range: VersionRange): number {
  let hash = Math.imul(name + 1, 0x9e3779b1);
  if (range.flags !== undefined) {
    hash = mix(hash ^ FLAGS[range.flags], range.version ?? '');
    hash = mix(hash, range.release ?? '');
  }
  return hash ^ (hash >>> 15);
}

function mix(seed: number, text: string): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash;
}

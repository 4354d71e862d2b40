import {
  formatRelation,
  satisfiesRelation,
  type Evr,
  type RelationFlag,
  type VersionRange,
} from '@rpmportal/rpm-format';
import type { ImageTexts } from './ImageTexts';

/** An id of the image's own: a name with, perhaps, a range of versions. */
export type RelationId = number;

/** Their numbers in an image begin at 1; 0 means that there is no version. */
const FLAGS: readonly RelationFlag[] = ['EQ', 'LT', 'GT', 'LE', 'GE'];

const UNVERSIONED: VersionRange = {};

export function flagNumber(flags: RelationFlag): number {
  return FLAGS.indexOf(flags) + 1;
}

/** The versions of an image. */
export class ImageEvrs {
  readonly #texts: ImageTexts;
  /** Three by EVR: the texts of epoch, version and release. */
  readonly #values: Int32Array;
  readonly #evrs: (Evr | undefined)[];

  constructor(texts: ImageTexts, values: Int32Array) {
    this.#texts = texts;
    this.#values = values;
    this.#evrs = new Array(values.length / 3);
  }

  evr(id: number): Evr {
    this.#evrs[id] ??= {
      epoch: this.#texts.text(this.#values[3 * id]),
      version: this.#texts.text(this.#values[3 * id + 1]),
      release: this.#texts.text(this.#values[3 * id + 2]),
    };
    return this.#evrs[id];
  }
}

/** The relations of an image, such as `libfoo >= 1.2`. */
export class ImageRelations {
  readonly #evrs: ImageEvrs;
  /** Three by relation: the text of its name, the number of its flags, its EVR. */
  readonly #values: Int32Array;
  readonly #ranges: (VersionRange | undefined)[];

  constructor(evrs: ImageEvrs, values: Int32Array) {
    this.#evrs = evrs;
    this.#values = values;
    this.#ranges = new Array(this.size);
  }

  get size(): number {
    return this.#values.length / 3;
  }

  /** The text id of the relation's name. */
  name(relation: RelationId): number {
    return this.#values[3 * relation];
  }

  isVersioned(relation: RelationId): boolean {
    return this.#values[3 * relation + 1] !== 0;
  }

  /** Whether two relations of the same name have a version in common. */
  overlap(a: RelationId, b: RelationId): boolean {
    return (
      a === b ||
      !this.isVersioned(a) ||
      !this.isVersioned(b) ||
      satisfiesRelation(this.range(a), this.range(b))
    );
  }

  /** Whether a version lies in the relation's range. */
  admits(relation: RelationId, exact: VersionRange): boolean {
    return satisfiesRelation(exact, this.range(relation));
  }

  /** The relation as people write it, given its name. */
  text(relation: RelationId, name: string): string {
    return formatRelation({ name, ...this.range(relation) });
  }

  /** The versions that the relation speaks of. */
  range(relation: RelationId): VersionRange {
    this.#ranges[relation] ??= this.isVersioned(relation)
      ? {
          flags: FLAGS[this.#values[3 * relation + 1] - 1],
          ...this.#evrs.evr(this.#values[3 * relation + 2]),
        }
      : UNVERSIONED;
    return this.#ranges[relation];
  }
}

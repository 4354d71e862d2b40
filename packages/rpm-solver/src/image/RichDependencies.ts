import {
  parseRichDependency,
  RichDependencyError,
  type RpmRelation,
} from '@rpmportal/rpm-format';
import { RowsBuilder } from '../pool/Rows';
import {
  type Requirement,
  toRequirement,
  UNMEETABLE,
} from '../requirement/Requirement';
import { IntList } from '../pool/IntList';

/** Gives relations their numbers. */
interface Relations {
  internRelation(relation: RpmRelation): number;
}

/**
 * Gives each rich dependency a small integer. An image keeps its text and, in the order in which they
 * stand in it, the relations it is made of.
 */
export class RichDependencies {
  /** By rich dependency, the text. */
  readonly texts = new IntList(16);
  readonly relations = new RowsBuilder();
  readonly #intern: Relations;
  readonly #ids = new Map<number, number>();

  constructor(intern: Relations) {
    this.#intern = intern;
  }

  /** @param id - the id of the text */
  intern(id: number, text: string): number {
    return this.#ids.get(id) ?? this.#add(id, text);
  }

  /** Takes one over from an image. */
  internFrom(id: number, relations: Iterable<number>): number {
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    for (const relation of relations) this.relations.push(relation);
    return this.#end(id);
  }

  #add(id: number, text: string): number {
    readRich(text, relation => {
      const interned = this.#intern.internRelation(relation);
      this.relations.push(interned);
      return interned;
    });
    return this.#end(id);
  }

  #end(id: number): number {
    const rich = this.texts.length;
    this.#ids.set(id, rich);
    this.texts.push(id);
    this.relations.endRow();
    return rich;
  }
}

/**
 * Reads a rich dependency; one that cannot be read is never met.
 *
 * @param intern - gives the relations in it their numbers, from left to right
 */
export function readRich(
  text: string,
  intern: (relation: RpmRelation) => number,
): Requirement {
  try {
    return toRequirement(parseRichDependency(text), intern);
  } catch (error) {
    if (error instanceof RichDependencyError) return UNMEETABLE;
    throw error;
  }
}

import {
  parseRichDependency,
  RichDependencyError,
  type Evr,
  type RpmRelation,
} from '@rpmportal/rpm-format';
import {
  type Requirement,
  toRequirement,
  UNMEETABLE,
} from '../requirement/Requirement';
import type { RequirementId, RichRequirement } from './Pool';
import { type RelationId, RelationTable } from './RelationTable';
import { StringTable } from './StringTable';

/** All texts, versions, relations and rich dependencies of a pool, each once. */
export class Vocabulary {
  readonly strings = new StringTable();
  readonly relations = new RelationTable();
  readonly rich: RichRequirement[] = [];
  readonly evrs: Evr[] = [];
  readonly #richIds = new Map<string, RequirementId>();
  readonly #evrIds = new Map<string, number>();

  internRelation(relation: RpmRelation): RelationId {
    return this.relations.intern(this.strings.intern(relation.name), relation);
  }

  internRequirement(relation: RpmRelation): RequirementId {
    return relation.name.startsWith('(')
      ? this.#internRich(relation.name)
      : this.internRelation(relation);
  }

  internEvr({ epoch, version, release }: Evr): number {
    const key = `${epoch}:${version}-${release}`;
    let id = this.#evrIds.get(key);
    if (id === undefined) {
      id = this.evrs.length;
      this.#evrIds.set(key, id);
      this.evrs.push({ epoch, version, release });
    }
    return id;
  }

  #internRich(text: string): RequirementId {
    let id = this.#richIds.get(text);
    if (id === undefined) {
      id = ~this.rich.length;
      this.#richIds.set(text, id);
      this.rich.push({ text, requirement: this.#parseRich(text) });
    }
    return id;
  }

  #parseRich(text: string): Requirement {
    try {
      return toRequirement(parseRichDependency(text), relation =>
        this.internRelation(relation),
      );
    } catch (error) {
      if (error instanceof RichDependencyError) {
        return UNMEETABLE;
      }
      throw error;
    }
  }
}

import { Compatibility } from '../pool/Compatibility';
import type { PackageId, Pool, RequirementId } from '../pool/Pool';
import type { PackageSet, Requirement } from '../requirement/Requirement';
import { ALWAYS, type Formula, NEVER, not } from './Formula';

/**
 * What packages demand of whatever else there is, be it there or not: found out once for all pools of
 * an image.
 */
export class Demands {
  readonly #pool: Pool;
  readonly #compatibility: Compatibility;
  readonly #needs: (readonly Formula[] | undefined)[] = [];
  readonly #rivals: (Formula | undefined)[] = [];
  /** By relation and architecture, who can meet it: thousands of packages require the same. */
  readonly #offers = new Map<number, Formula>();

  private constructor(pool: Pool) {
    this.#pool = pool;
    this.#compatibility = Compatibility.of(pool);
  }

  static of(pool: Pool): Demands {
    return pool.deriveFromUnits('demands', () => new Demands(pool));
  }

  /** What meets each of its requirements, in their order. */
  needsOf(id: PackageId): readonly Formula[] {
    let needs = this.#needs[id];
    if (!needs) {
      const { starts, values } = this.#pool.columns.requires;
      needs = Array.from(
        values.subarray(starts[id], starts[id + 1]),
        requirement => this.requirementOf(id, requirement),
      );
      this.#needs[id] = needs;
    }
    return needs;
  }

  /** What cannot be beside it, rich conflicts left out. */
  rivalsOf(id: PackageId): Formula {
    this.#rivals[id] ??= {
      kind: 'none',
      items: this.#compatibility.rivalsOf(id),
    };
    return this.#rivals[id];
  }

  /** What meets one requirement of a package. */
  requirementOf(id: PackageId, requirement: RequirementId): Formula {
    return toFormula(this.#pool.requirement(requirement), set =>
      this.#anyOf(id, set),
    );
  }

  /** Who can meet a requirement of `owner`; it meets its own. */
  #anyOf(owner: PackageId, set: PackageSet): Formula {
    const providers = this.#pool.packagesIn(set);
    if (providers.includes(owner)) return ALWAYS;
    if (set.kind !== 'providers') {
      return { kind: 'some', items: this.suitable(owner, providers) };
    }
    const { archs, archIds } = this.#pool.columns;
    const key = set.relation * archs.length + archIds[owner];
    let offer = this.#offers.get(key);
    if (!offer) {
      offer = { kind: 'some', items: this.suitable(owner, providers) };
      this.#offers.set(key, offer);
    }
    return offer;
  }

  /** Those whose architecture lets them meet a requirement of `owner`. */
  suitable(owner: PackageId, candidates: Int32Array): PackageId[] {
    const suitable: PackageId[] = [];
    for (const id of candidates) {
      if (this.#compatibility.archsMeet(owner, id)) suitable.push(id);
    }
    return suitable;
  }
}

/** A requirement as a statement; a condition in it holds by the same packages as a need. */
export function toFormula(
  requirement: Requirement,
  some: (set: PackageSet) => Formula,
): Formula {
  const convert = (part: Requirement) => toFormula(part, some);
  switch (requirement.kind) {
    case 'any':
      return some(requirement.of);
    case 'and':
      return { kind: 'all', parts: requirement.operands.map(convert) };
    case 'or':
      return { kind: 'one', parts: requirement.operands.map(convert) };
    default: {
      const then = convert(requirement.then);
      const condition = convert(requirement.condition);
      const otherwise = requirement.otherwise && convert(requirement.otherwise);
      return requirement.kind === 'if'
        ? all(
            one(not(condition), then),
            otherwise ? one(condition, otherwise) : ALWAYS,
          )
        : one(
            all(then, not(condition)),
            otherwise ? all(otherwise, condition) : NEVER,
          );
    }
  }
}

function all(...parts: Formula[]): Formula {
  return { kind: 'all', parts };
}

function one(...parts: Formula[]): Formula {
  return { kind: 'one', parts };
}

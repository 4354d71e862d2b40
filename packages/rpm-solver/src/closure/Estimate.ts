import type { RelationId } from '../image/ImageRelations';
import type { PackageSet, Requirement } from '../requirement/Requirement';
import {
  type ClosureState,
  COPIED,
  NO_NODE,
  type NodeId,
} from './ClosureState';
import type {
  Pick,
  PickOptions,
  ProviderChoice,
  Survey,
} from './ProviderChoice';

/** How far the packages that a candidate would bring are counted. */
const FURTHER_LIMIT = 200;

const MET: Survey = {
  best: [],
  options: 0,
  clashes: false,
  settled: true,
  flawless: true,
};

/** Estimates what a choice would cost, without making it. */
export class Estimate {
  readonly #state: ClosureState;
  readonly #choice: ProviderChoice;
  /** By destination and relation, the node after that of a package that meets it for good. */
  readonly #metBySite: Int32Array[] = [];

  constructor(state: ClosureState, choice: ProviderChoice) {
    this.#state = state;
    this.#choice = choice;
  }

  /**
   * The candidates for a requirement, copying and upgrading as the request allows. Of requirements
   * that are met it only says that they are, from memory if possible: nearly all are met by the few
   * packages that everything needs.
   */
  survey(node: NodeId, set: PackageSet): Survey {
    const options = this.#options(node);
    const relation =
      set.kind === 'providers' && !options.upgrade ? set.relation : undefined;
    if (relation !== undefined && this.#isMetByKnown(node, relation)) {
      return MET;
    }
    const candidates = this.#state.pool.packagesIn(set);
    const survey = this.#choice.survey(node, candidates, options);
    if (relation !== undefined && survey.settled && survey.flawless) {
      this.#metBy(node)[relation] = survey.best[0] + 1;
    }
    return survey;
  }

  /** Picks as the request allows. */
  pick(node: NodeId, set: PackageSet, further?: PickOptions['further']): Pick {
    const options = { ...this.#options(node), further };
    return this.#choice.pick(node, this.#state.pool.packagesIn(set), options);
  }

  /** How many packages would have to come at once; infinite when the requirement cannot be met. */
  lacking(node: NodeId, requirement: Requirement): number {
    const count = (part: Requirement) => this.lacking(node, part);
    switch (requirement.kind) {
      case 'any':
        return this.#lackingOne(this.pick(node, requirement.of));
      case 'and':
        return requirement.operands
          .map(count)
          .reduce((sum, lacking) => sum + lacking, 0);
      case 'or':
        return Math.min(...requirement.operands.map(count));
      case 'if':
        if (this.#choice.holds(node, requirement.condition)) {
          return count(requirement.then);
        }
        return requirement.otherwise ? count(requirement.otherwise) : 0;
      default:
        return Math.min(
          count(requirement.then),
          requirement.otherwise
            ? count(requirement.otherwise) + count(requirement.condition)
            : Infinity,
        );
    }
  }

  /**
   * Counts the packages that would come along with a candidate, itself included, as if nothing else
   * came meanwhile; exact only up to a limit, since it merely breaks ties.
   */
  further(candidate: NodeId): number {
    const { pool, presence } = this.#state;
    const { starts, values } = pool.columns.requires;
    const tried: NodeId[] = [];
    const tryOn = (node: NodeId) => {
      if (node !== NO_NODE && presence[node] === 0) {
        presence[node] = COPIED;
        tried.push(node);
      }
    };
    tryOn(candidate);
    for (let at = 0; at < tried.length && at < FURTHER_LIMIT; at++) {
      const id = this.#state.packageOf(tried[at]);
      for (let i = starts[id]; i < starts[id + 1]; i++) {
        const requirement = pool.requirement(values[i]);
        if (requirement.kind === 'any') {
          tryOn(this.pick(tried[at], requirement.of).node);
        }
      }
    }
    for (const node of tried) {
      presence[node] = 0;
    }
    return tried.length;
  }

  #isMetByKnown(node: NodeId, relation: RelationId): boolean {
    const known = this.#metBy(node)[relation] - 1;
    if (known < 0) {
      return false;
    }
    const { compatibility } = this.#state;
    const owner = this.#state.packageOf(node);
    const provider = this.#state.packageOf(known);
    return (
      compatibility.archsMeet(owner, provider) &&
      !compatibility.clash(owner, provider)
    );
  }

  #metBy(node: NodeId): Int32Array {
    const site = this.#state.siteOf(node);
    this.#metBySite[site] ??= new Int32Array(
      this.#state.pool.columns.relations.size,
    );
    return this.#metBySite[site];
  }

  #options(node: NodeId): PickOptions {
    const upgrade =
      this.#state.request.dependencyUpgrade && this.#state.isCopied(node);
    return { copying: true, upgrade };
  }

  #lackingOne({ node, clashes, settled }: Pick): number {
    if (
      node === NO_NODE ||
      clashes ||
      this.#state.broken[this.#state.packageOf(node)] === 1
    ) {
      return Infinity;
    }
    return settled ? 0 : 1;
  }
}

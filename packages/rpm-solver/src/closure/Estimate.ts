import type { Requirement } from '../requirement/Requirement';
import {
  type ClosureState,
  COPIED,
  NO_NODE,
  type NodeId,
} from './ClosureState';
import type { Pick, PickOptions, ProviderChoice } from './ProviderChoice';

/** How far the packages that a candidate would bring are counted. */
const FURTHER_LIMIT = 200;

/** Estimates what a choice would cost, without making it. */
export class Estimate {
  readonly #state: ClosureState;
  readonly #choice: ProviderChoice;

  constructor(state: ClosureState, choice: ProviderChoice) {
    this.#state = state;
    this.#choice = choice;
  }

  /** Picks as the decision does, but leaves ties to the name. */
  pick(
    node: NodeId,
    candidates: Int32Array,
    further?: PickOptions['further'],
  ): Pick {
    return this.#choice.pick(node, candidates, {
      copying: true,
      upgrade:
        this.#state.request.dependencyUpgrade && this.#state.isCopied(node),
      further,
    });
  }

  /** How many packages would have to come at once; infinite when the requirement cannot be met. */
  lacking(node: NodeId, requirement: Requirement): number {
    const count = (part: Requirement) => this.lacking(node, part);
    switch (requirement.kind) {
      case 'any':
        return this.#lackingOne(
          this.pick(node, this.#state.pool.packagesIn(requirement.of)),
        );
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
        if (values[i] >= 0) {
          tryOn(this.pick(tried[at], pool.providers(values[i])).node);
        }
      }
    }
    for (const node of tried) {
      presence[node] = 0;
    }
    return tried.length;
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

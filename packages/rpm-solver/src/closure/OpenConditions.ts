import type { RequirementId } from '../pool/Pool';
import type { Requirement } from '../requirement/Requirement';
import type { NodeId } from './ClosureState';
import type { Estimate } from './Estimate';
import type { ProviderChoice } from './ProviderChoice';

type Conditional = Extract<Requirement, { kind: 'if' | 'unless' }>;

interface OpenCondition {
  node: NodeId;
  id: RequirementId;
  requirement: Conditional;
  asked: 'nothing' | 'otherwise' | 'then';
}

/** Asks for a part of a requirement that is wanted now. */
type Ask = (node: NodeId, id: RequirementId, part: Requirement) => void;

/** The conditional parts of rich dependencies, looked at again whenever more has come along. */
export class OpenConditions {
  readonly #choice: ProviderChoice;
  readonly #estimate: Estimate;
  readonly #ask: Ask;
  readonly #conditions: OpenCondition[] = [];

  constructor(choice: ProviderChoice, estimate: Estimate, ask: Ask) {
    this.#choice = choice;
    this.#estimate = estimate;
    this.#ask = ask;
  }

  add(node: NodeId, id: RequirementId, requirement: Conditional): void {
    this.#conditions.push({ node, id, requirement, asked: 'nothing' });
  }

  /** Asks for what follows from the conditions that hold by now. @returns whether any did */
  askThen(): boolean {
    const holding = this.#conditions.filter(
      condition => condition.asked !== 'then' && this.#wantsThen(condition),
    );
    for (const condition of holding) {
      condition.asked = 'then';
      this.#ask(condition.node, condition.id, condition.requirement.then);
    }
    return holding.length > 0;
  }

  /**
   * Asks for what conditions that do not hold want instead, to be called when nothing else is left
   * that could still make them hold. @returns whether there was any
   */
  askOtherwise(): boolean {
    const failing = this.#conditions.filter(
      ({ asked, requirement }) => asked === 'nothing' && requirement.otherwise,
    );
    for (const condition of failing) {
      const { node, id, requirement } = condition;
      condition.asked = 'otherwise';
      this.#ask(node, id, requirement.otherwise!);
      if (requirement.kind === 'unless') {
        this.#ask(node, id, requirement.condition);
      }
    }
    return failing.length > 0;
  }

  #wantsThen({ node, requirement, asked }: OpenCondition): boolean {
    if (requirement.kind === 'if') {
      return this.#choice.holds(node, requirement.condition);
    }
    return (
      asked === 'nothing' &&
      (!requirement.otherwise ||
        Number.isFinite(this.#estimate.lacking(node, requirement.then)))
    );
  }
}

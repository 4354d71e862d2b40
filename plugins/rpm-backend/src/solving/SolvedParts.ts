import type { SolvedClosure, SolvedMissing } from './shortenPlan';

/** A part of a closure on its way between threads. */
export type SolvedPart =
  | { kind: 'steps'; steps: SolvedClosure['steps'] }
  | { kind: 'missing'; missing: SolvedMissing[] }
  | {
      kind: 'added';
      entry: number;
      added: SolvedClosure['entries'][number]['added'];
    };

/** Steps, units or requirements that go together; takes a receiver a few milliseconds. */
const PART = 2000;

/**
 * Takes apart what can be large of a closure. In one piece it would block the event loop of the thread
 * that receives it.
 */
export function* takeApart(
  closure: SolvedClosure,
): Generator<SolvedPart, SolvedClosure, undefined> {
  for (const steps of partsOf(closure.steps)) {
    yield { kind: 'steps', steps };
  }
  for (const missing of partsOf(closure.missing)) {
    yield { kind: 'missing', missing };
  }
  for (const [entry, { added }] of closure.entries.entries()) {
    for (const chunk of partsOf(added)) {
      yield { kind: 'added', entry, added: chunk };
    }
  }
  return {
    ...closure,
    steps: [],
    missing: [],
    entries: closure.entries.map(entry => ({ ...entry, added: [] })),
  };
}

function* partsOf<T>(values: readonly T[]): Generator<T[], void, undefined> {
  for (let start = 0; start < values.length; start += PART) {
    yield values.slice(start, start + PART);
  }
}

/** Puts together what {@link takeApart} took apart. */
export class ReceivedClosure {
  readonly #steps: SolvedClosure['steps'] = [];
  readonly #missing: SolvedMissing[] = [];
  readonly #added: SolvedClosure['entries'][number]['added'][] = [];

  receive(part: SolvedPart): void {
    if (part.kind === 'steps') {
      for (const step of part.steps) this.#steps.push(step);
    } else if (part.kind === 'missing') {
      for (const missing of part.missing) this.#missing.push(missing);
    } else {
      this.#added[part.entry] ??= [];
      for (const unit of part.added) this.#added[part.entry].push(unit);
    }
  }

  /** @param rest - what was left */
  complete(rest: SolvedClosure): SolvedClosure {
    return {
      ...rest,
      steps: this.#steps,
      missing: this.#missing,
      entries: rest.entries.map((entry, index) => ({
        ...entry,
        added: this.#added[index] ?? [],
      })),
    };
  }
}

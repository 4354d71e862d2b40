import { type Cancellation, checkCancelled } from '../cancellation';
import type { Formula } from './Formula';

/** Twice the variable when it is to be true, one more when it is to be false. */
type Literal = number;

const UNKNOWN = 0;
const TRUE = 1;
const FALSE = -1;

/** No clause: a decision, or nothing. */
const NO_CLAUSE = -1;

/** What a search has to know of the items. */
export interface SearchRules extends Cancellation {
  /** Items are numbered from 0 to this, exclusive. */
  itemCount: number;
  /** Whether the item can be installed at all; formulas may speak of items that cannot. */
  has: (item: number) => boolean;
  /** What must hold as soon as the item is installed; what it excludes comes first. */
  demandsOf: (item: number) => readonly Formula[];
  /** Negative when the first item is to be tried before the second. Total and constant in an answer. */
  compare: (a: number, b: number) => number;
}

const CONFLICTS_PER_CHECK = 64;

/** Variables for formulas, to begin with. */
const ROOM = 1024;

/**
 * Looks for a set of items that contains a given one and in which everything that its members demand
 * holds: conflict-driven clause learning, with the clauses of an item written down when it is first
 * taken in. What is not needed stays out.
 *
 * @remarks
 * Serves any number of questions about the same items: what was learned in one holds in the next. An
 * answer takes about as long as its set is large when choices fit; the worst case is exponential, as
 * the problem is NP-complete, which is what `shouldCancel` is for.
 */
export class ClauseSearch {
  readonly #rules: SearchRules;
  readonly #clauses: Literal[][] = [];
  /** By literal, the clauses that look at it because it is one of their first two. */
  readonly #watches: (number[] | undefined)[] = [];
  #variables = 0;
  #values: Int8Array;
  #levels: Int32Array;
  #reasons: Int32Array;
  /** By variable, its demands of which something must be in: settled by choosing. */
  readonly #choices: (number[] | undefined)[] = [];
  /** Demands that also hold while something stays out: looked at when nothing else is open. */
  readonly #conditions: number[] = [];
  readonly #isExpanded: Uint8Array;
  readonly #trail: Literal[] = [];
  readonly #levelStarts: number[] = [];
  /** Up to where the choices of the trail are known to be settled, by level. */
  readonly #settledUpTo: number[] = [0];
  #propagated = 0;
  #conflicts = 0;

  constructor(rules: SearchRules) {
    this.#rules = rules;
    this.#isExpanded = new Uint8Array(rules.itemCount);
    this.#variables = rules.itemCount;
    const room = rules.itemCount + ROOM;
    this.#values = new Int8Array(room);
    this.#levels = new Int32Array(room);
    this.#reasons = new Int32Array(room);
  }

  /**
   * @param wanted - what the set has to contain
   * @returns the items of a set, in the order in which they were taken; undefined when there is none
   * @throws CancelledError
   */
  find(...wanted: number[]): number[] | undefined {
    this.#backtrack(0);
    for (;;) {
      // With nothing installed all demands hold, so below the first decision nothing conflicts, and
      // nothing is ever learned there but that an item cannot be had.
      const conflict = this.#propagate();
      if (conflict !== NO_CLAUSE) {
        if (this.#conflicts++ % CONFLICTS_PER_CHECK === 0) {
          checkCancelled(this.#rules);
        }
        this.#learnFrom(conflict);
        continue;
      }
      // What is wanted is decided on before anything else, so that it is out only for its own sake.
      const next = wanted.find(item => this.#values[item] !== TRUE);
      if (next !== undefined && this.#values[next] === FALSE) return undefined;
      const open = next === undefined ? this.#openChoice() : 2 * next;
      if (open === undefined) return this.#installed();
      this.#expandOf(open);
      if (this.#valueOf(open) === UNKNOWN) this.#decide(open);
    }
  }

  #addVariable(): number {
    if (this.#variables === this.#values.length) {
      this.#values = enlarged(this.#values);
      this.#levels = enlarged(this.#levels);
      this.#reasons = enlarged(this.#reasons);
    }
    return this.#variables++;
  }

  #watch(literal: Literal, clause: number): void {
    const watching = this.#watches[literal];
    if (watching) watching.push(clause);
    else this.#watches[literal] = [clause];
  }

  #valueOf(literal: Literal): number {
    const value = this.#values[literal >> 1];
    return literal & 1 ? -value : value;
  }

  #assign(literal: Literal, reason: number): void {
    const variable = literal >> 1;
    this.#values[variable] = literal & 1 ? FALSE : TRUE;
    this.#levels[variable] = this.#levelStarts.length;
    this.#reasons[variable] = reason;
    this.#trail.push(literal);
  }

  #decide(literal: Literal): void {
    this.#levelStarts.push(this.#trail.length);
    this.#settledUpTo.push(this.#settledUpTo[this.#settledUpTo.length - 1]);
    this.#assign(literal, NO_CLAUSE);
  }

  #backtrack(level: number): void {
    if (this.#levelStarts.length <= level) return;
    const start = this.#levelStarts[level];
    for (let i = this.#trail.length - 1; i >= start; i--) {
      this.#values[this.#trail[i] >> 1] = UNKNOWN;
    }
    this.#trail.length = start;
    this.#propagated = Math.min(this.#propagated, start);
    this.#levelStarts.length = level;
    this.#settledUpTo.length = level + 1;
    this.#settledUpTo[level] = Math.min(this.#settledUpTo[level], start);
  }

  /** @returns a clause that cannot hold any more, or {@link NO_CLAUSE} */
  #propagate(): number {
    while (this.#propagated < this.#trail.length) {
      const literal = this.#trail[this.#propagated];
      const item = literal >> 1;
      if (
        !(literal & 1) &&
        item < this.#rules.itemCount &&
        !this.#isExpanded[item]
      ) {
        this.#isExpanded[item] = 1;
        const conflict = this.#expand(item);
        if (conflict !== NO_CLAUSE) return conflict;
      }
      this.#propagated++;
      const conflict = this.#visitWatches(literal ^ 1);
      if (conflict !== NO_CLAUSE) return conflict;
    }
    return NO_CLAUSE;
  }

  /** Goes through the clauses that watch a literal which has just become false. */
  #visitWatches(falsified: Literal): number {
    const watching = this.#watches[falsified];
    if (!watching) return NO_CLAUSE;
    let kept = 0;
    for (let i = 0; i < watching.length; i++) {
      const id = watching[i];
      const clause = this.#clauses[id];
      if (clause[0] === falsified && clause.length > 1) {
        clause[0] = clause[1];
        clause[1] = falsified;
      }
      if (this.#valueOf(clause[0]) === TRUE) {
        watching[kept++] = id;
        continue;
      }
      const other = this.#findOther(clause);
      if (other > 0) {
        clause[1] = clause[other];
        clause[other] = falsified;
        this.#watch(clause[1], id);
        continue;
      }
      watching[kept++] = id;
      if (this.#valueOf(clause[0]) === FALSE) {
        while (++i < watching.length) watching[kept++] = watching[i];
        watching.length = kept;
        return id;
      }
      this.#assign(clause[0], id);
    }
    watching.length = kept;
    return NO_CLAUSE;
  }

  #findOther(clause: readonly Literal[]): number {
    for (let i = 2; i < clause.length; i++) {
      if (this.#valueOf(clause[i]) !== FALSE) return i;
    }
    return -1;
  }

  /**
   * Writes down what an item demands before it is decided on: so it turns out at once when something
   * that is in excludes it, and nothing has to be gone back on.
   */
  #expandOf(literal: Literal): void {
    const item = literal >> 1;
    if (literal & 1 || item >= this.#rules.itemCount) return;
    if (this.#isExpanded[item]) return;
    this.#isExpanded[item] = 1;
    this.#expand(item);
  }

  /** Writes down what an item demands. */
  #expand(item: number): number {
    let conflict = NO_CLAUSE;
    for (const demand of this.#rules.demandsOf(item)) {
      const found = this.#require(item, demand);
      if (conflict === NO_CLAUSE) conflict = found;
    }
    return conflict;
  }

  /** As soon as `variable` is true, `formula` holds. */
  #require(variable: number, formula: Formula): number {
    let conflict = NO_CLAUSE;
    const note = (found: number) => {
      if (conflict === NO_CLAUSE) conflict = found;
    };
    switch (formula.kind) {
      case 'all':
        for (const part of formula.parts) note(this.#require(variable, part));
        break;
      case 'none':
        for (const item of formula.items) {
          if (!this.#rules.has(item)) continue;
          note(this.#addDemand(variable, [2 * item + 1]));
        }
        break;
      default:
        note(this.#addDemand(variable, this.#literalsOf(formula)));
    }
    return conflict;
  }

  /** A formula as alternatives; what is no literal gets a variable that stands for it. */
  #literalsOf(formula: Formula): Literal[] {
    switch (formula.kind) {
      case 'some':
        return formula.items.flatMap(item =>
          this.#rules.has(item) ? 2 * item : [],
        );
      case 'one':
        return formula.parts.flatMap(part => this.#literalsOf(part));
      default: {
        const [single, ...others] =
          formula.kind === 'none'
            ? formula.items.filter(item => this.#rules.has(item))
            : [];
        if (single !== undefined && others.length === 0)
          return [2 * single + 1];
        const variable = this.#addVariable();
        this.#require(variable, formula);
        return [2 * variable];
      }
    }
  }

  #addDemand(variable: number, alternatives: readonly Literal[]): number {
    const literals = new Set(alternatives);
    const conditions = [...literals].filter(literal => literal & 1);
    if (conditions.some(literal => literals.has(literal ^ 1))) {
      return NO_CLAUSE;
    }
    const id = this.#clauses.length;
    if (conditions.length === 0) {
      this.#choices[variable] ??= [];
      this.#choices[variable]!.push(id);
    } else if (literals.size > 1) {
      this.#conditions.push(id);
    }
    return this.#addClause([2 * variable + 1, ...literals]);
  }

  /** @returns the clause when it cannot hold as things are */
  #addClause(clause: Literal[]): number {
    const id = this.#clauses.length;
    this.#clauses.push(clause);
    // First the literals that can still hold, then those that failed last.
    for (let to = 0; to < 2 && to < clause.length; to++) {
      let best = to;
      for (let i = to + 1; i < clause.length; i++) {
        if (this.#hope(clause[i]) > this.#hope(clause[best])) best = i;
      }
      [clause[to], clause[best]] = [clause[best], clause[to]];
    }
    this.#watch(clause[0], id);
    if (clause.length > 1) this.#watch(clause[1], id);
    if (this.#valueOf(clause[0]) === FALSE) return id;
    if (
      this.#valueOf(clause[0]) === UNKNOWN &&
      (clause.length === 1 || this.#valueOf(clause[1]) === FALSE)
    ) {
      this.#assign(clause[0], id);
    }
    return NO_CLAUSE;
  }

  #hope(literal: Literal): number {
    return this.#valueOf(literal) === FALSE
      ? this.#levels[literal >> 1]
      : Infinity;
  }

  /** Goes back to where the conflict could have been foreseen, and remembers what led to it. */
  #learnFrom(conflict: number): void {
    const level = this.#levelStarts.length;
    const learned: Literal[] = [];
    const seen = new Set<number>();
    let open = 0;
    let position = this.#trail.length - 1;
    let clause = this.#clauses[conflict];
    let asserted: Literal;
    for (;;) {
      for (const literal of clause) {
        const variable = literal >> 1;
        if (seen.has(variable) || this.#levels[variable] === 0) continue;
        seen.add(variable);
        if (this.#levels[variable] === level) open++;
        else learned.push(literal);
      }
      while (!seen.has(this.#trail[position] >> 1)) position--;
      asserted = this.#trail[position--];
      if (--open === 0) break;
      clause = this.#clauses[this.#reasons[asserted >> 1]];
    }
    this.#backtrack(
      learned.reduce(
        (deepest, literal) => Math.max(deepest, this.#levels[literal >> 1]),
        0,
      ),
    );
    this.#addClause([asserted ^ 1, ...learned]);
  }

  /** A literal to decide on next; undefined when all demands hold. */
  #openChoice(): Literal | undefined {
    const level = this.#settledUpTo.length - 1;
    for (let at = this.#settledUpTo[level]; at < this.#trail.length; at++) {
      const literal = this.#trail[at];
      for (const id of (!(literal & 1) && this.#choices[literal >> 1]) || []) {
        const open = this.#bestOf(this.#clauses[id]);
        if (open !== undefined) {
          this.#settledUpTo[level] = at;
          return open;
        }
      }
    }
    this.#settledUpTo[level] = this.#trail.length;
    for (const id of this.#conditions) {
      const clause = this.#clauses[id];
      const canStayOut = clause.some(
        literal => literal & 1 && this.#valueOf(literal) === UNKNOWN,
      );
      const open = canStayOut ? undefined : this.#bestOf(clause);
      if (open !== undefined) return open;
    }
    return undefined;
  }

  /** The literal to make true in a clause that does not hold yet. */
  #bestOf(clause: readonly Literal[]): Literal | undefined {
    let best: Literal | undefined;
    for (const literal of clause) {
      const value = this.#valueOf(literal);
      if (value === TRUE) return undefined;
      if (
        value === UNKNOWN &&
        !(literal & 1) &&
        (best === undefined || this.#isBetter(literal >> 1, best >> 1))
      ) {
        best = literal;
      }
    }
    return best;
  }

  /** Of variables that stand for formulas, the one that was written down first. */
  #isBetter(a: number, b: number): boolean {
    const { itemCount, compare } = this.#rules;
    return a < itemCount && b < itemCount ? compare(a, b) < 0 : a < b;
  }

  #installed(): number[] {
    return this.#trail
      .filter(literal => !(literal & 1) && literal >> 1 < this.#rules.itemCount)
      .map(literal => literal >> 1);
  }
}

function enlarged<T extends Int8Array | Int32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(
    array.length * 2,
  );
  larger.set(array);
  return larger;
}

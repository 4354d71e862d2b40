import type { Formula } from './Formula';
import type { SearchRules } from './ClauseSearch';

/** As many providers as are tried for one requirement, and as deep as one leads to the next. */
const TRIES = 3;
const DEPTH = 400;
/**
 * As many items as are taken in for one, those that are taken back included: choices that lead nowhere
 * multiply, and the search that follows learns from them.
 */
const ADDITIONS = 1_000;

/**
 * One set of items that fit together, grown greedily: the shortcut that settles nearly all questions
 * of whether something can be installed, because most packages of a repository can be installed side by
 * side. What it cannot take in may still be installable, without some of what it holds.
 */
export class GrowingInstallation {
  readonly #rules: SearchRules;
  readonly #isIn: Uint8Array;
  /** By item, how many members exclude it; one more when it cannot be had at all. */
  readonly #excluded: Int32Array;
  /** What has to hold, too, once the item comes in. */
  readonly #guards = new Map<number, Formula[]>();
  /** What an attempt has done and may take back: items that came in … */
  readonly #added: number[] = [];
  /** … and, as functions that take it back, the rest, which is seldom. */
  readonly #others: (() => void)[] = [];
  /** By item, the last attempt in which it could not be had: it is not tried again in that one. */
  readonly #failed: Int32Array;
  #attempt = 0;
  #additions = 0;

  constructor(rules: SearchRules) {
    this.#rules = rules;
    this.#isIn = new Uint8Array(rules.itemCount);
    this.#failed = new Int32Array(rules.itemCount);
    this.#excluded = new Int32Array(rules.itemCount);
    for (let item = 0; item < rules.itemCount; item++) {
      if (!rules.has(item)) this.#excluded[item] = 1;
    }
  }

  has(item: number): boolean {
    return this.#isIn[item] === 1;
  }

  /** Takes in an item with everything it demands, or changes nothing. @returns whether it is in */
  tryAdd(item: number): boolean {
    this.#attempt++;
    this.#additions = 0;
    const added = this.#add(item, 0);
    this.#added.length = 0;
    this.#others.length = 0;
    return added;
  }

  /** Takes in items that fit together, all they demand among them, into a set that is empty. */
  adopt(items: readonly number[]): void {
    for (const item of items) this.#takeIn(item);
    for (const item of items) {
      for (const demand of this.#rules.demandsOf(item)) {
        if (demand.kind !== 'none') this.#satisfy(demand, 0);
      }
    }
    this.#added.length = 0;
    this.#others.length = 0;
  }

  #add(item: number, depth: number): boolean {
    if (this.#isIn[item] === 1) return true;
    if (this.#excluded[item] > 0 || depth > DEPTH) return false;
    if (this.#failed[item] === this.#attempt) return false;
    if (++this.#additions > ADDITIONS) return false;
    if (this.#bring(item, depth)) return true;
    this.#failed[item] = this.#attempt;
    return false;
  }

  #bring(item: number, depth: number): boolean {
    const demands = this.#rules.demandsOf(item);
    // Seen before anything is taken in that would have to be taken back.
    if (demands.some(demand => this.#isHopeless(demand))) return false;
    const [added, others] = [this.#added.length, this.#others.length];
    this.#takeIn(item);
    const isMet =
      demands.every(
        demand => demand.kind === 'none' || this.#satisfy(demand, depth),
      ) &&
      (this.#guards.get(item) ?? []).every(guard =>
        this.#satisfy(guard, depth),
      );
    if (!isMet) this.#undo(added, others);
    return isMet;
  }

  /** With what it excludes. */
  #takeIn(item: number): void {
    this.#isIn[item] = 1;
    this.#added.push(item);
    this.#exclude(item, 1);
  }

  #exclude(item: number, by: 1 | -1): void {
    for (const demand of this.#rules.demandsOf(item)) {
      if (demand.kind === 'none') {
        for (const excluded of demand.items) this.#excluded[excluded] += by;
      }
    }
  }

  #undo(added: number, others: number): void {
    while (this.#others.length > others) this.#others.pop()!();
    while (this.#added.length > added) {
      const item = this.#added.pop()!;
      this.#isIn[item] = 0;
      this.#exclude(item, -1);
    }
  }

  /** Whether everything that could meet a demand is excluded, or what it excludes is in. */
  #isHopeless(demand: Formula): boolean {
    switch (demand.kind) {
      case 'some':
        return demand.items.every(item => this.#excluded[item] > 0);
      case 'none':
        return demand.items.some(item => this.#isIn[item] === 1);
      default:
        return false;
    }
  }

  #satisfy(formula: Formula, depth: number): boolean {
    switch (formula.kind) {
      case 'some':
        return this.#satisfySome(formula.items, depth);
      case 'none':
        return this.#keepOut(formula.items);
      case 'all':
        return formula.parts.every(part => this.#satisfy(part, depth));
      default:
        return this.#satisfyOne(formula.parts, depth);
    }
  }

  #satisfySome(items: readonly number[], depth: number): boolean {
    if (items.some(item => this.#isIn[item] === 1)) return true;
    const candidates = items.filter(item => this.#excluded[item] === 0);
    for (let tried = 0; tried < TRIES && candidates.length > 0; tried++) {
      let best = 0;
      for (let i = 1; i < candidates.length; i++) {
        if (this.#rules.compare(candidates[i], candidates[best]) < 0) best = i;
      }
      if (this.#add(candidates[best], depth + 1)) return true;
      candidates.splice(best, 1);
    }
    return false;
  }

  #keepOut(items: readonly number[]): boolean {
    if (items.some(item => this.#isIn[item] === 1)) return false;
    for (const item of items) this.#excluded[item]++;
    this.#others.push(() => {
      for (const item of items) this.#excluded[item]--;
    });
    return true;
  }

  #satisfyOne(parts: readonly Formula[], depth: number): boolean {
    const isMet = parts.some(
      part =>
        part.kind === 'some' && part.items.some(item => this.#isIn[item] === 1),
    );
    if (isMet) return true;
    const unless = parts.find(
      part =>
        part.kind === 'none' &&
        part.items.every(item => this.#isIn[item] === 0),
    );
    if (unless?.kind === 'none') {
      const others = parts.filter(part => part !== unless);
      this.#guard(unless.items, { kind: 'one', parts: others });
      return true;
    }
    for (const part of parts) {
      const [added, others] = [this.#added.length, this.#others.length];
      if (this.#satisfy(part, depth)) return true;
      this.#undo(added, others);
    }
    return false;
  }

  #guard(items: readonly number[], formula: Formula): void {
    for (const item of items) {
      const guards = this.#guards.get(item) ?? [];
      this.#guards.set(item, guards);
      guards.push(formula);
    }
    this.#others.push(() => {
      for (const item of items) this.#guards.get(item)!.pop();
    });
  }
}

import type { Formula } from './Formula';
import type { SearchRules } from './ClauseSearch';

/** As many providers as are tried for one requirement, and as deep as one leads to the next. */
const TRIES = 3;
const DEPTH = 400;
/**
 * As many items as are taken in for one, those that are taken back included: choices that lead nowhere
 * multiply, and the search that follows learns from them.
 */
const ADDITIONS = 2_000;

/**
 * One set of items that fit together, grown greedily: the shortcut that settles nearly all questions
 * of whether something can be installed, because most packages of a repository can be installed side by
 * side. What it cannot take in may still be installable, without some of what it holds.
 */
export class GrowingInstallation {
  readonly #rules: SearchRules;
  readonly #isIn: Uint8Array;
  /** By item, how many members exclude it. */
  readonly #excluded: Int32Array;
  /** What has to hold, too, once the item comes in. */
  readonly #guards = new Map<number, Formula[]>();
  /** How to take back what was done, the last thing last. */
  readonly #done: (() => void)[] = [];
  #additions = 0;

  constructor(rules: SearchRules) {
    this.#rules = rules;
    this.#isIn = new Uint8Array(rules.itemCount);
    this.#excluded = new Int32Array(rules.itemCount);
  }

  has(item: number): boolean {
    return this.#isIn[item] === 1;
  }

  /** Takes in an item with everything it demands, or changes nothing. @returns whether it is in */
  tryAdd(item: number): boolean {
    this.#additions = 0;
    const added = this.#add(item, 0);
    this.#done.length = 0;
    return added;
  }

  #add(item: number, depth: number): boolean {
    if (this.#isIn[item] === 1) return true;
    if (this.#excluded[item] > 0 || depth > DEPTH) return false;
    if (++this.#additions > ADDITIONS) return false;
    const mark = this.#done.length;
    this.#isIn[item] = 1;
    this.#done.push(() => {
      this.#isIn[item] = 0;
    });
    const demands = [
      ...this.#rules.demandsOf(item),
      ...(this.#guards.get(item) ?? []),
    ];
    // What excludes others is cheap and rules things out; needs come after it.
    const [bans, needs] = [
      demands.filter(({ kind }) => kind === 'none'),
      demands.filter(({ kind }) => kind !== 'none'),
    ];
    for (const demand of [...bans, ...needs]) {
      if (!this.#satisfy(demand, depth)) {
        this.#undo(mark);
        return false;
      }
    }
    return true;
  }

  #undo(mark: number): void {
    while (this.#done.length > mark) this.#done.pop()!();
  }

  #satisfy(formula: Formula, depth: number): boolean {
    switch (formula.kind) {
      case 'some':
        return this.#satisfySome(formula.items, depth);
      case 'none':
        return this.#exclude(formula.items);
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

  #exclude(items: readonly number[]): boolean {
    if (items.some(item => this.#isIn[item] === 1)) return false;
    for (const item of items) this.#excluded[item]++;
    this.#done.push(() => {
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
      const mark = this.#done.length;
      if (this.#satisfy(part, depth)) return true;
      this.#undo(mark);
    }
    return false;
  }

  #guard(items: readonly number[], formula: Formula): void {
    for (const item of items) {
      const guards = this.#guards.get(item) ?? [];
      this.#guards.set(item, guards);
      guards.push(formula);
    }
    this.#done.push(() => {
      for (const item of items) this.#guards.get(item)!.pop();
    });
  }
}

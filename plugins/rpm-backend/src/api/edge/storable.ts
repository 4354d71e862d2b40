import { InvalidInputError } from '../../validation';

const NULL_CHARACTER = 'Null characters are not allowed.';
const TOO_DEEP = 'This is nested too deeply.';
const TOO_MANY = 'This holds too many values.';

/** Far deeper than anything sensible, and far from where writing JSON exhausts the stack. */
const DEEPEST = 100;

/**
 * Twice a reference to each unit of a very large repository. What is wrong with a value takes some
 * microseconds and hundred bytes to tell, and bodies have room for millions of values.
 */
const MOST_VALUES = 250_000;

/** Looks through a body; lists can be so long that copies of them would not fit into memory. */
class Inspection {
  #values = 0;

  faultOf(value: unknown, depth: number): string | undefined {
    this.#values += 1;
    if (this.#values > MOST_VALUES) return TOO_MANY;
    if (typeof value === 'string') {
      return value.includes('\0') ? NULL_CHARACTER : undefined;
    }
    if (typeof value !== 'object' || value === null) return undefined;
    if (depth > DEEPEST) return TOO_DEEP;
    return Array.isArray(value)
      ? this.#faultOfList(value, depth)
      : this.#faultOfObject(value as Record<string, unknown>, depth);
  }

  #faultOfList(list: readonly unknown[], depth: number): string | undefined {
    for (const item of list) {
      const fault = this.faultOf(item, depth + 1);
      if (fault) return fault;
    }
    return undefined;
  }

  #faultOfObject(
    object: Record<string, unknown>,
    depth: number,
  ): string | undefined {
    for (const key in object) {
      if (!Object.hasOwn(object, key)) continue;
      const fault =
        this.faultOf(key, depth) ?? this.faultOf(object[key], depth + 1);
      if (fault) return fault;
    }
    return undefined;
  }
}

/**
 * Refuses what is valid JSON and cannot be kept: texts with null characters, which PostgreSQL does
 * not store or compare, values nested so deeply that nothing could write them again, and more values
 * than anybody has a use for.
 *
 * @throws InvalidInputError naming the field
 */
export function checkStorable(input: unknown): void {
  if (typeof input !== 'object' || input === null) return;
  const inspection = new Inspection();
  if (Array.isArray(input)) {
    const fault = inspection.faultOf(input, 0);
    if (fault) throw InvalidInputError.general(fault);
    return;
  }
  for (const field in input) {
    if (!Object.hasOwn(input, field)) continue;
    const value = (input as Record<string, unknown>)[field];
    const fault = inspection.faultOf(value, 1);
    if (fault) throw InvalidInputError.field(field, fault);
  }
}

import { InvalidInputError } from '../../validation';

const NULL_CHARACTER = 'Null characters are not allowed.';
const TOO_DEEP = 'This is nested too deeply.';

/** Far deeper than anything sensible, and far from where writing JSON exhausts the stack. */
const DEEPEST = 100;

function faultOf(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') {
    return value.includes('\0') ? NULL_CHARACTER : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > DEEPEST) return TOO_DEEP;
  for (const [key, inner] of Object.entries(value)) {
    const fault = faultOf(key, depth) ?? faultOf(inner, depth + 1);
    if (fault) return fault;
  }
  return undefined;
}

/**
 * Refuses what is valid JSON and cannot be kept: texts with null characters, which PostgreSQL does
 * not store or compare, and values nested so deeply that nothing could write them again.
 *
 * @throws InvalidInputError naming the field
 */
export function checkStorable(input: unknown): void {
  if (typeof input !== 'object' || input === null) return;
  for (const [field, value] of Object.entries(input)) {
    const fault = faultOf(value, 1);
    if (fault) throw InvalidInputError.field(field, fault);
  }
}

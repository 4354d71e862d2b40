import type { z } from 'zod';

/** What is wrong at a place of a value. */
export interface PlacedSentence {
  /** Keys from the value down to the place. */
  path: readonly PropertyKey[];
  /** In Pulp's words, where it has some for it. */
  sentence: string;
}

/** What is wrong with a value, place by place; to be parsed with `reportInput`. */
export function sentencesOf(
  issues: readonly z.core.$ZodIssue[],
): PlacedSentence[] {
  return issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({
          path: [...issue.path, key],
          sentence: 'Unexpected field',
        }))
      : [{ path: issue.path, sentence: sentenceOf(issue) }],
  );
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeSentence(issue.expected, issue.input);
    case 'too_small':
      if (issue.origin === 'string') return 'This field may not be blank.';
      if (issue.origin === 'array') return 'This list may not be empty.';
      return `Ensure this value is greater than or equal to ${issue.minimum}.`;
    case 'too_big':
      if (issue.origin === 'string') {
        return `Ensure this field has no more than ${issue.maximum} characters.`;
      }
      return `Ensure this value is less than or equal to ${issue.maximum}.`;
    case 'invalid_value':
      if (issue.input === undefined) return 'This field is required.';
      return `${JSON.stringify(issue.input)} is not a valid choice.`;
    default:
      return issue.input === undefined
        ? 'This field is required.'
        : issue.message;
  }
}

function typeSentence(expected: string, input: unknown): string {
  if (input === undefined) return 'This field is required.';
  if (input === null) return 'This field may not be null.';
  switch (expected) {
    case 'boolean':
      return 'Must be a valid boolean.';
    case 'int':
      return 'A valid integer is required.';
    case 'number':
      return 'A valid number is required.';
    case 'array':
      return `Expected a list of items but got type "${typeof input}".`;
    case 'object':
    case 'record':
      return `Expected a dictionary of items but got type "${typeof input}".`;
    default:
      return `Not a valid ${expected}.`;
  }
}

import { z } from 'zod';
import type { AnyRoute } from '@rpmportal/backstage-plugin-rpm-common';
import { InvalidInputError } from '../../validation';
import { checkStorable } from './storable';

type Issue = z.core.$ZodIssue;

/** Query parameters that clients of Pulp may send anywhere; they mean nothing but where declared. */
const TOLERATED = new Set(['format', 'page_size', 'minimal']);
const NO_QUERY = z.strictObject({});

/** Pulp's sentence for what is wrong with a value. */
function sentenceOf(issue: Issue): string {
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
      return issue.message;
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

/** Collects the issues of a body by top-level field; deeper places are named in the message. */
function bodyErrors(issues: readonly Issue[]): InvalidInputError {
  const fields: Record<string, string[]> = {};
  const add = (path: readonly PropertyKey[], sentence: string) => {
    const [field = 'non_field_errors', ...rest] = path.map(String);
    fields[field] ??= [];
    fields[field].push(
      rest.length ? `${rest.join('.')}: ${sentence}` : sentence,
    );
  };
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        add([...issue.path, key], 'Unexpected field');
    } else {
      add(issue.path, sentenceOf(issue));
    }
  }
  return InvalidInputError.fields(fields);
}

/** @throws InvalidInputError naming each wrong field */
export function validateBody(route: AnyRoute, body: unknown): unknown {
  if (!route.body) return undefined;
  checkStorable(body);
  const result = (route.body as z.ZodType).safeParse(body ?? {}, {
    reportInput: true,
  });
  if (!result.success) throw bodyErrors(result.error.issues);
  return result.data;
}

/** @throws InvalidInputError naming each wrong or unknown parameter */
export function validateQuery(
  route: AnyRoute,
  query: Record<string, unknown>,
): unknown {
  const schema: z.ZodObject = route.query ?? NO_QUERY;
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    // A parameter that is repeated means the same as one with a comma list.
    if (Object.hasOwn(schema.shape, name) || !TOLERATED.has(name)) {
      known[name] = Array.isArray(value) ? value.join(',') : value;
    }
  }
  checkStorable(known);
  const result = schema.safeParse(known, { reportInput: true });
  if (result.success) return result.data;
  const unknown = result.error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys' ? issue.keys : [],
  );
  if (unknown.length) {
    throw InvalidInputError.fields({
      errors: unknown.map(name => `Invalid Filter: '${name}'`),
    });
  }
  throw bodyErrors(result.error.issues);
}

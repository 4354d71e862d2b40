import { z } from 'zod';
import type { AnyRoute } from '@rpmportal/backstage-plugin-rpm-common';
import { InvalidInputError } from '../../validation';
import { sentencesOf } from '../../validation/issues';
import { checkStorable } from './storable';

type Issue = z.core.$ZodIssue;

/** Query parameters that clients of Pulp may send anywhere; they mean nothing but where declared. */
const TOLERATED = new Set(['format', 'page_size', 'minimal']);
const NO_QUERY = z.strictObject({});

/** Sentences about one field that are told; nobody reads more, and a list can have any number. */
const MOST_SENTENCES = 100;

/** Collects the issues of a body by top-level field; deeper places are named in the message. */
function bodyErrors(issues: readonly Issue[]): InvalidInputError {
  const fields = new Map<string, string[]>();
  for (const { path, sentence } of sentencesOf(issues)) {
    const [field = 'non_field_errors', ...rest] = path.map(String);
    const messages = fields.get(field) ?? [];
    fields.set(field, messages);
    if (messages.length < MOST_SENTENCES) {
      messages.push(rest.length ? `${rest.join('.')}: ${sentence}` : sentence);
    }
  }
  return InvalidInputError.fields(Object.fromEntries(fields));
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

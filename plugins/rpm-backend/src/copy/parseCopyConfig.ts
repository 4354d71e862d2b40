import {
  copyEntrySchema,
  type CopyEntry,
} from '@rpmportal/backstage-plugin-rpm-common';
import { z } from 'zod';
import { InvalidInputError } from '../validation';

type Issue = z.core.$ZodIssue;

/** As many mistakes as the answer names. */
const NAMED = 10;

/** Each may copy the whole of its source; all are planned together, in memory. */
const MOST_ENTRIES = 100;

const configSchema = z.array(copyEntrySchema).min(1).max(MOST_ENTRIES);

/**
 * Reads the configuration of a copy. Unknown keys are refused: `contents` instead of `content` would
 * otherwise copy the whole repository.
 *
 * @throws InvalidInputError `["Provided copy criteria is invalid:'…'"]`, with each place that is wrong
 */
export function parseCopyConfig(config: unknown): CopyEntry[] {
  const result = configSchema.safeParse(config, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(problemsOf);
  const more = problems.length - NAMED;
  throw InvalidInputError.message(
    `Provided copy criteria is invalid:'${[
      ...problems.slice(0, NAMED),
      ...(more > 0 ? [`${more} more`] : []),
    ].join('; ')}'`,
  );
}

function problemsOf(issue: Issue): string[] {
  const at = placeOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => `${at}: unexpected key "${key}"`);
    case 'invalid_type':
      return issue.input === undefined
        ? [`${at} is required`]
        : [`${at} must be ${NAMES[issue.expected] ?? issue.expected}`];
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? [`${at} must not be negative`]
        : [`${at} must not be empty`];
    case 'too_big':
      return issue.origin === 'array'
        ? [`${at} must have ${issue.maximum} entries at most`]
        : [`${at} must be ${issue.maximum} at most`];
    default:
      return [`${at}: ${issue.message}`];
  }
}

const NAMES: Record<string, string> = {
  array: 'a list',
  object: 'an object',
  string: 'a text',
  int: 'a whole number',
  number: 'a whole number',
};

/** `config[0].content[2]` */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : `${place}.${String(key)}`,
    'config',
  );
}

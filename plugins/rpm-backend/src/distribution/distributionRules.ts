import type { DistributionInput } from '@rpmportal/backstage-plugin-rpm-common';
import { InvalidInputError } from '../validation';

/** The fields that say what is served. */
export const TARGETS = [
  'publication',
  'repository',
  'repository_version',
] as const;

/**
 * A base path is relative and canonical: no empty, `.` or `..` part, no blanks, and nothing that a
 * URL reads as something else.
 *
 * @throws InvalidInputError
 */
export function checkBasePath(basePath: string): void {
  const canonical = basePath
    .split('/')
    .every(
      part => /^[^\s?#%\\\p{Cc}]+$/u.test(part) && !/^\.{1,2}$/.test(part),
    );
  if (!canonical) {
    throw InvalidInputError.field(
      'base_path',
      `Relative path is not in canonical form. ${basePath}`,
    );
  }
}

/** Whether one path contains the other: `foo` and `foo/bar` do, `foo` and `foobar` do not. */
export function pathsOverlap(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

/**
 * A distribution points at one thing at most, and serves checkpoints of a repository only.
 *
 * @throws InvalidInputError
 */
export function checkTargets(input: DistributionInput): void {
  const given = TARGETS.filter(target => input[target]);
  if (given.length > 1) {
    throw InvalidInputError.general(
      `Only one of the attributes '${given[0]}' and '${given[1]}' may be used simultaneously.`,
    );
  }
  if (input.checkpoint && given[0] !== 'repository') {
    throw InvalidInputError.general(
      "The 'checkpoint' attribute may only be used with the 'repository' attribute.",
    );
  }
}

import type { Repomd } from '@rpmportal/rpm-format';
import { TaskError } from '../../tasks/errors';
import { DELTAS } from '../metadata/chooseRecords';

/** Something of a remote that cannot be served under its own metadata. */
export class UnmirrorableError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'UnmirrorableError';
  }
}

/** As clients ask for it: they send what metadata have encoded, and servers decode it. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * The path, below the root of a mirror, of a file that metadata name.
 *
 * @param base - an `xml:base`
 * @throws UnmirrorableError for what would lie outside of the mirror
 */
export function placeInMirror(location: string, base?: string): string {
  if (base !== undefined) {
    throw new UnmirrorableError(
      'has another base address (xml:base), so that the repository cannot be mirrored completely',
    );
  }
  const parts: string[] = [];
  for (const part of location.split('/').map(decode)) {
    if (part === '..' && !parts.length) {
      throw new UnmirrorableError(
        `has the location "${location.slice(
          0,
          200,
        )}", which leads out of the repository, so that it cannot be mirrored completely`,
      );
    }
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * Checks that a remote's metadata can be published as they are.
 *
 * @throws TaskError RPM0006 naming the file that stands against it
 */
export function requireMirrorable({ records }: Repomd): void {
  for (const { type, locationHref, locationBase } of records) {
    if (DELTAS.has(type)) {
      throw new TaskError(
        'RPM0006',
        `The repository has delta packages (${locationHref}), so that it cannot be mirrored completely.`,
      );
    }
    try {
      placeInMirror(locationHref, locationBase);
    } catch (error) {
      if (!(error instanceof UnmirrorableError)) throw error;
      throw new TaskError(
        'RPM0006',
        `The file ${locationHref} of repomd.xml ${error.message}.`,
      );
    }
  }
}

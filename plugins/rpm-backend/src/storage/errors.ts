import { TaskError } from '../tasks/errors';

/** Pulp's codes for files that are not what was announced. */
const CHECKSUM_CODE = 'PLP0003';
const SIZE_CODE = 'PLP0004';

/** A file is not what was expected; nothing of it has been kept. */
export class ArtifactMismatchError extends TaskError {
  static size(name: string, expected: number, actual: number | 'more') {
    const found = actual === 'more' ? 'is longer than' : `has ${actual} of`;
    return new ArtifactMismatchError(
      SIZE_CODE,
      `${name} ${found} the expected ${expected} bytes.`,
    );
  }

  static checksum(
    name: string,
    expected: { type: string; value: string },
    actual: string,
  ) {
    return new ArtifactMismatchError(
      CHECKSUM_CODE,
      `${name} has the ${expected.type} checksum ${actual} instead of the expected ${expected.value}.`,
    );
  }
}

/** There is no room for a file; nothing of it has been kept. */
export class StorageFullError extends TaskError {
  constructor(name: string) {
    super('PLP0000', `There is no space left in the storage for ${name}.`);
  }
}

/** What a failed write means to the user: a full disk is told, the rest is internal. */
export function toStorageError(error: unknown, name: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new StorageFullError(name)
    : error;
}

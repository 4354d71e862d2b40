import type { ChecksumType } from '../../storage/types';

/** Length of each allowed digest in hex. MD5 and SHA-1 no longer prove anything. */
const LENGTHS: Partial<Record<ChecksumType, number>> = {
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
};

/** A checksum that files are verified with. */
export interface FileChecksum {
  type: ChecksumType;
  /** Hex, in lower case. */
  value: string;
}

/** A checksum that nothing can be verified with. */
export class ChecksumError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ChecksumError';
  }
}

/**
 * Reads a checksum of metadata; its type may be spelled as old tools do.
 *
 * @throws ChecksumError
 */
export function readChecksum(type: string, value: string): FileChecksum {
  const plain = type.toLowerCase().replace('-', '');
  const name = (plain === 'sha' ? 'sha1' : plain) as ChecksumType;
  const length = Object.hasOwn(LENGTHS, name) ? LENGTHS[name] : undefined;
  if (length === undefined) {
    throw new ChecksumError(
      `has a checksum of the type "${type.slice(0, 20)}"; allowed are ` +
        `${Object.keys(LENGTHS).join(', ')}`,
    );
  }
  if (value.length !== length || !/^[0-9a-f]+$/i.test(value)) {
    throw new ChecksumError(`has a checksum that is no ${name} digest`);
  }
  return { type: name, value: value.toLowerCase() };
}

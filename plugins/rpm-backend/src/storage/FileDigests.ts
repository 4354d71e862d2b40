import { createHash, getHashes, type Hash } from 'crypto';
import { ArtifactMismatchError } from './errors';
import type { ChecksumType, ExpectedFile, FileFacts } from './types';

const ALWAYS = ['sha224', 'sha256', 'sha384', 'sha512'] as const;
/** Kept where the platform still offers them: a FIPS build of OpenSSL does not. */
const LEGACY = ['md5', 'sha1'] as const;

/** Takes all digests of a file in one pass, and holds it against what is expected. */
export class FileDigests {
  readonly #expected: ExpectedFile;
  readonly #hashes: Map<ChecksumType, Hash>;
  #size = 0;

  constructor(expected: ExpectedFile) {
    this.#expected = expected;
    const offered = new Set(getHashes());
    const types = [...ALWAYS, ...LEGACY.filter(type => offered.has(type))];
    this.#hashes = new Map(types.map(type => [type, createHash(type)]));
  }

  /** @throws ArtifactMismatchError as soon as there is more than expected */
  update(chunk: Uint8Array): void {
    const { name, size } = this.#expected;
    this.#size += chunk.byteLength;
    if (size !== undefined && this.#size > size) {
      throw ArtifactMismatchError.size(name, size, 'more');
    }
    for (const hash of this.#hashes.values()) hash.update(chunk);
  }

  /** @throws ArtifactMismatchError */
  finish(): FileFacts {
    const { name, size, checksum } = this.#expected;
    if (size !== undefined && this.#size !== size) {
      throw ArtifactMismatchError.size(name, size, this.#size);
    }
    const digests = Object.fromEntries(
      [...this.#hashes].map(([type, hash]) => [type, hash.digest('hex')]),
    ) as Record<(typeof ALWAYS)[number], string>;
    const facts = { md5: undefined, sha1: undefined, ...digests };
    if (checksum) {
      const actual = facts[checksum.type] ?? 'unknown';
      if (actual !== checksum.value.toLowerCase()) {
        throw ArtifactMismatchError.checksum(name, checksum, actual);
      }
    }
    return { ...facts, size: this.#size };
  }
}

import type { Compression } from './Compression';

const NAMES: Record<Compression, string> = {
  none: 'Data',
  gz: 'gzip data',
  zstd: 'zstd data',
  xz: 'xz data',
  bz2: 'bzip2 data',
};

/**
 * Data that cannot be decompressed: cut off, damaged or too large.
 *
 * @remarks
 * The message is one sentence without the file's name, which the caller knows.
 */
export class DecompressionError extends Error {
  readonly compression: Compression;
  readonly reason: 'truncated' | 'damaged' | 'too-large';

  constructor(
    compression: Compression,
    reason: DecompressionError['reason'],
    predicate: string,
    options?: ErrorOptions,
  ) {
    super(`${NAMES[compression]} ${predicate}`, options);
    this.name = 'DecompressionError';
    this.compression = compression;
    this.reason = reason;
  }
}

export function truncated(
  compression: Compression,
  cause?: unknown,
): DecompressionError {
  return new DecompressionError(
    compression,
    'truncated',
    'ends before its end',
    { cause },
  );
}

export function damaged(
  compression: Compression,
  cause?: unknown,
): DecompressionError {
  return new DecompressionError(compression, 'damaged', 'is damaged', {
    cause,
  });
}

import { DecompressionError, damaged, truncated } from './DecompressionError';

/** What an error of a decoder of node:zlib says of the data; other errors as they are. */
export function zlibFailure(compression: 'gz' | 'zstd', error: unknown) {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') {
    return truncated(compression, error);
  }
  if (code === 'ZSTD_error_frameParameter_windowTooLarge') {
    return new DecompressionError(
      compression,
      'too-large',
      'needs a window of more than 128 MiB',
      { cause: error },
    );
  }
  return /^(Z|ZSTD)_/.test(code) ? damaged(compression, error) : error;
}

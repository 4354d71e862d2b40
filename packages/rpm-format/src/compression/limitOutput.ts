import type { Compression } from './Compression';
import { DecompressionError } from './DecompressionError';

/**
 * Passes chunks on until they exceed `maxBytes` together, which is what stops decompression bombs:
 * the source is closed, so nothing more is decompressed.
 *
 * @throws DecompressionError with the reason `too-large`
 */
export async function* limitOutput(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  compression: Compression = 'none',
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > maxBytes) {
      throw new DecompressionError(
        compression,
        'too-large',
        `is larger than ${maxBytes} bytes when decompressed`,
      );
    }
    yield chunk;
  }
}

import { createZstdDecompress } from 'node:zlib';
import { splitZstdFrames } from './splitZstdFrames';
import { throughStream } from './throughStream';
import { zlibFailure } from './zlibFailure';

/**
 * Decompresses zstd data of any number of frames, as parallel compressors and concatenation leave.
 *
 * @remarks
 * The decoder of Node.js reads several frames only if each begins with a chunk. After a frame that
 * ends within one it ends, silently dropping the rest.
 */
export async function* decompressZstd(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* throughStream(splitZstdFrames(chunks), createZstdDecompress());
  } catch (error) {
    throw zlibFailure('zstd', error);
  }
}

import { xz } from '@napi-rs/lzma';
import { damaged, truncated } from './DecompressionError';

/**
 * Decompresses xz data of any number of streams and blocks, on the threads of the decoder.
 *
 * @remarks
 * The decoder has no limit for the dictionary, whose size (up to 4 GiB) the file chooses. It takes
 * memory for it only as output comes, so the limit of the output is that of the dictionary too.
 */
export async function* decompressXz(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const input = chunks[Symbol.asyncIterator]();
  // pulled by hand, as the decoder does not cancel its input when its output is cancelled
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await input.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(value);
      }
    },
  });
  try {
    yield* xz.decompressStream(stream);
  } catch (error) {
    throw isUnexpectedEnd(error)
      ? truncated('xz', error)
      : damaged('xz', error);
  } finally {
    await input.return?.();
  }
}

/** The decoder tells its errors apart by their texts only. */
function isUnexpectedEnd(error: unknown): boolean {
  return /failed to fill whole buffer/.test(String(error));
}

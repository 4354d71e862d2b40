import { Transform, pipeline } from 'node:stream';

/**
 * The output of a Node.js stream that is fed from `chunks`. Whichever side ends early or fails, the
 * other is closed; an error of either comes out of the iteration.
 */
export async function* throughStream(
  chunks: AsyncIterable<Uint8Array>,
  stream: Transform,
): AsyncGenerator<Uint8Array> {
  pipeline(chunks, stream, () => {
    // The stream is destroyed with the same error, so the iteration below throws it.
  });
  yield* stream;
}

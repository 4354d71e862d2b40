import { createGunzip } from 'node:zlib';
import { throughStream } from './throughStream';
import { zlibFailure } from './zlibFailure';

/** Decompresses gzip data of any number of members. */
export async function* decompressGzip(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* throughStream(chunks, createGunzip());
  } catch (error) {
    throw zlibFailure('gz', error);
  }
}

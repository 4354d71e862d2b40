import { Compression, MAGIC_BYTES, detectCompression } from './Compression';
import { decompressBzip2 } from './decompressBzip2';
import { decompressGzip } from './decompressGzip';
import { decompressXz } from './decompressXz';
import { decompressZstd } from './decompressZstd';
import { limitOutput } from './limitOutput';

export interface DecompressOptions {
  /** The most bytes that may come out. */
  maxBytes: number;
  /** Recognised by the first bytes when left out. */
  compression?: Compression;
}

/**
 * Decompresses a file that comes in chunks of any size.
 *
 * @remarks
 * It reads as fast as its output is taken. Memory stays within a few hundred KiB and what the format
 * needs for its window: bzip2 up to 60 MB, zstd 128 MB (larger windows are refused), xz as much as
 * its dictionary, but never more than has come out. Files of several concatenated streams are read
 * to their end. When the caller stops early, the source is closed.
 *
 * @throws DecompressionError when the data is cut off, damaged or larger than `maxBytes`; errors of
 * the source as they are
 */
export async function* decompress(
  source: AsyncIterable<Uint8Array>,
  options: DecompressOptions,
): AsyncGenerator<Uint8Array> {
  const input = new WatchedSource(source);
  const { compression, chunks } = options.compression
    ? { compression: options.compression, chunks: input.chunks() }
    : await recognise(input.chunks());
  try {
    yield* limitOutput(
      decode(compression, chunks),
      options.maxBytes,
      compression,
    );
  } catch (error) {
    throw input.failure ? input.failure.error : error;
  }
}

function decode(
  compression: Compression,
  chunks: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  switch (compression) {
    case 'gz':
      return decompressGzip(chunks);
    case 'zstd':
      return decompressZstd(chunks);
    case 'xz':
      return decompressXz(chunks);
    case 'bz2':
      return decompressBzip2(chunks);
    default:
      return chunks;
  }
}

/** Remembers an error of the source, because the decoders report it as one of theirs. */
class WatchedSource {
  readonly #source: AsyncIterable<Uint8Array>;
  failure: { error: unknown } | undefined;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#source;
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }
}

async function recognise(chunks: AsyncGenerator<Uint8Array>) {
  const head: Uint8Array[] = [];
  let length = 0;
  while (length < MAGIC_BYTES) {
    const { done, value } = await chunks.next();
    if (done) {
      break;
    }
    head.push(value);
    length += value.length;
  }
  return {
    compression: detectCompression(Buffer.concat(head)),
    chunks: concatenate(head, chunks),
  };
}

async function* concatenate(
  head: Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

import bitIterator, { BitReader } from 'unbzip2-stream/lib/bit_iterator';
import bzip2 from 'unbzip2-stream/lib/bzip2';
import { damaged, truncated } from './DecompressionError';

const LEVEL_BYTES = 100_000;
const STREAM_HEADER_BYTES = 4;
const OUTPUT_CHUNK_BYTES = 64 * 1024;

/**
 * Decompresses bzip2 data of any number of streams, block by block.
 *
 * @remarks
 * It uses the decoder inside unbzip2-stream rather than that package's stream, which collects a
 * block's output in an array of numbers and decompresses without waiting for its reader, so that a
 * small file could take gigabytes. Here a block takes at most 46 MB, what its bytes can expand to.
 */
export async function* decompressBzip2(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const input = new BlockInput(chunks);
  const output = new BlockOutput();
  try {
    await input.has(STREAM_HEADER_BYTES);
    do {
      const blockBytes = bzip2.header(input.bits) * LEVEL_BYTES;
      const work = new Int32Array(blockBytes);
      let checksum: number | null = 0;
      while (checksum !== null) {
        await input.has(largestBlock(blockBytes));
        checksum = bzip2.decompress(
          input.bits,
          output.write,
          work,
          blockBytes,
          checksum,
        );
        yield* output.take();
      }
    } while (await input.has(STREAM_HEADER_BYTES));
  } catch (error) {
    throw isFormatError(error) ? damaged('bz2', error) : error;
  } finally {
    await input.close();
  }
}

function isFormatError(error: unknown): boolean {
  return error instanceof Error && error.name === 'Bzip2Error';
}

/** No block is longer: 20 bits for each of its bytes, and tables of less than 64 KiB. */
function largestBlock(blockBytes: number): number {
  return Math.ceil((blockBytes * 20) / 8) + OUTPUT_CHUNK_BYTES;
}

/** The decoder reads synchronously, so what it may need has to be there before it starts. */
class BlockInput {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #queue: Uint8Array[] = [];
  #received = 0;
  #bits: BitReader | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  get bits(): BitReader {
    this.#bits ??= bitIterator(() => {
      const chunk = this.#queue.shift();
      if (!chunk) {
        throw truncated('bz2');
      }
      return chunk;
    });
    return this.#bits;
  }

  /** Waits for that many unread bytes, or all that are left; `false` when there are none. */
  async has(bytes: number): Promise<boolean> {
    const unread = () => this.#received - (this.#bits?.bytesRead ?? 0);
    while (unread() < bytes) {
      const { done, value } = await this.#iterator.next();
      if (done) {
        break;
      }
      if (value.length > 0) {
        this.#queue.push(value);
        this.#received += value.length;
      }
    }
    return unread() > 0;
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

/** Gathers the bytes that the decoder hands over one by one. */
class BlockOutput {
  #chunk = Buffer.allocUnsafe(OUTPUT_CHUNK_BYTES);
  #length = 0;
  #full: Buffer[] = [];

  readonly write = (byte: number) => {
    if (this.#length === OUTPUT_CHUNK_BYTES) {
      this.#full.push(this.#chunk);
      this.#chunk = Buffer.allocUnsafe(OUTPUT_CHUNK_BYTES);
      this.#length = 0;
    }
    this.#chunk[this.#length++] = byte;
  };

  *take(): Generator<Buffer> {
    const full = this.#full;
    this.#full = [];
    yield* full;
    if (this.#length > 0) {
      const rest = this.#chunk.subarray(0, this.#length);
      this.#chunk = Buffer.allocUnsafe(OUTPUT_CHUNK_BYTES);
      this.#length = 0;
      yield rest;
    }
  }
}

import { FileHandle, open } from 'node:fs/promises';
import { RpmHeaderError } from './RpmHeaderError';

/**
 * Where an .rpm file is read from: its path, an open file (left open) or its bytes in chunks of any
 * size, such as a stream. Of a stream only the chunks that hold the header are taken, then its
 * iterator is closed, which destroys a Node.js stream.
 */
export type RpmSource = string | FileHandle | AsyncIterable<Uint8Array>;

/** Hands out the bytes of a source from its beginning on. */
export interface ByteSource {
  /**
   * The next `length` bytes. Memory is taken only for bytes that exist, whatever was asked for.
   *
   * @throws RpmHeaderError when the source ends before
   */
  read(length: number): Promise<Buffer>;
  close(): Promise<void>;
}

export async function openByteSource(source: RpmSource): Promise<ByteSource> {
  if (typeof source === 'string') {
    const handle = await open(source);
    return new FileByteSource(handle, () => handle.close());
  }
  return Symbol.asyncIterator in source
    ? new ChunkByteSource(source)
    : new FileByteSource(source, async () => {});
}

class FileByteSource implements ByteSource {
  readonly #handle: FileHandle;
  readonly #close: () => Promise<void>;
  #position = 0;

  constructor(handle: FileHandle, close: () => Promise<void>) {
    this.#handle = handle;
    this.#close = close;
  }

  async read(length: number): Promise<Buffer> {
    const { size } = await this.#handle.stat();
    if (this.#position + length > size) {
      throw truncated();
    }
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.#handle.read(
        buffer,
        filled,
        length - filled,
        this.#position + filled,
      );
      if (bytesRead === 0) {
        throw truncated();
      }
      filled += bytesRead;
    }
    this.#position += length;
    return buffer;
  }

  async close(): Promise<void> {
    await this.#close();
  }
}

class ChunkByteSource implements ByteSource {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  async read(length: number): Promise<Buffer> {
    const chunks = [this.#rest];
    let available = this.#rest.length;
    while (available < length) {
      const { done, value } = await this.#iterator.next();
      if (done) {
        throw truncated();
      }
      chunks.push(value);
      available += value.length;
    }
    const all = Buffer.concat(chunks);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

function truncated(): RpmHeaderError {
  return new RpmHeaderError('it ends within its header');
}

import type {
  CompressionType,
  PublishedChecksumType,
} from '@rpmportal/backstage-plugin-rpm-common';
import { compress, type Checksum } from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import { once } from 'events';
import { createWriteStream } from 'fs';
import { PassThrough } from 'stream';
import { pipeline } from 'stream/promises';

/** Text that waits for the compressor, in bytes. */
const BUFFERED = 1024 * 1024;

/** What repomd.xml says of a finished file. */
export interface FileFacts {
  checksum: Checksum;
  size: number;
  /** Before compression; the same as without. */
  openChecksum: Checksum;
  openSize: number;
}

/** Counts and digests the bytes that pass by. */
class Meter {
  readonly #type: PublishedChecksumType;
  readonly #hash;
  #size = 0;

  constructor(type: PublishedChecksumType) {
    this.#type = type;
    this.#hash = createHash(type);
  }

  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#hash.update(chunk);
      this.#size += chunk.byteLength;
      yield chunk;
    }
  }

  finish(): { checksum: Checksum; size: number } {
    const value = this.#hash.digest('hex');
    return { checksum: { type: this.#type, value }, size: this.#size };
  }
}

/** A metadata file that is written piece by piece, compressed and digested on its way to disk. */
export class MetadataFile {
  readonly #source = new PassThrough({ writableHighWaterMark: BUFFERED });
  readonly #open: Meter;
  readonly #closed: Meter;
  readonly #written: Promise<void>;

  constructor(options: {
    path: string;
    compression: CompressionType;
    checksumType: PublishedChecksumType;
  }) {
    const { path, compression, checksumType } = options;
    this.#open = new Meter(checksumType);
    this.#closed = new Meter(checksumType);
    const packed = compress(this.#open.watch(this.#source), compression);
    this.#written = pipeline(
      this.#closed.watch(packed),
      createWriteStream(path, { flags: 'wx' }),
    );
    // Told by whoever writes next; a failure meanwhile is not lost, but not unhandled either.
    this.#written.catch(() => {});
  }

  /** Resolves when there is room for more. */
  async write(text: string): Promise<void> {
    if (this.#source.write(text)) return;
    await Promise.race([once(this.#source, 'drain'), this.#written]);
  }

  async finish(): Promise<FileFacts> {
    this.#source.end();
    await this.#written;
    const { checksum: openChecksum, size: openSize } = this.#open.finish();
    return { ...this.#closed.finish(), openChecksum, openSize };
  }

  /** Gives the file up, whatever state it is in. */
  async abandon(): Promise<void> {
    this.#source.destroy();
    await this.#written.catch(() => {});
  }
}

import { once, EventEmitter } from 'events';
import { open, type FileHandle } from 'fs/promises';

const CHUNK = 64 * 1024;

/**
 * A file that is written once and read by any number of readers meanwhile, each at its own pace.
 *
 * @remarks
 * Readers get everything but the last byte until the file is known to be right. So a client whose
 * file turns out wrong sees a transfer that breaks off, not a file. The file may be renamed or
 * deleted under its readers.
 */
export class GrowingFile {
  readonly #file: FileHandle;
  readonly #events = new EventEmitter().setMaxListeners(0);
  #written = 0;
  #state: 'growing' | 'right' | 'failed' = 'growing';
  #failure: unknown;
  #readers = 0;
  #isReleased = false;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @param path - of a file that does not exist yet */
  static async create(path: string): Promise<GrowingFile> {
    return new GrowingFile(await open(path, 'wx+'));
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#file.write(chunk, 0, chunk.byteLength, this.#written);
    this.#written += chunk.byteLength;
    this.#events.emit('change');
  }

  /** The file is complete and as it should be. */
  accept(): void {
    this.#state = 'right';
    this.#events.emit('change');
  }

  /** Readers fail with the error. */
  fail(error: unknown): void {
    this.#state = 'failed';
    this.#failure = error;
    this.#events.emit('change');
  }

  /** Calls back when the last of its readers has left. */
  onUnread(listener: () => void): void {
    this.#events.on('unread', listener);
  }

  /** Closes the file once nobody reads it any more. */
  async release(): Promise<void> {
    this.#isReleased = true;
    await this.#closeWhenUnread();
  }

  /** The bytes from the beginning on, as they come. To be read to the end or returned. */
  read(): AsyncIterableIterator<Uint8Array, undefined> {
    this.#readers += 1;
    let position = 0;
    let isOpen = true;
    const close = async () => {
      if (!isOpen) return;
      isOpen = false;
      this.#readers -= 1;
      this.#events.emit('change');
      if (this.#readers === 0) this.#events.emit('unread');
      await this.#closeWhenUnread();
    };
    const iterator: AsyncIterableIterator<Uint8Array, undefined> = {
      next: async () => {
        try {
          const value = await this.#chunkAt(position, () => isOpen);
          if (value) {
            position += value.byteLength;
            return { done: false, value };
          }
          await close();
          return { done: true, value: undefined };
        } catch (error) {
          await close();
          throw error;
        }
      },
      return: async () => {
        await close();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  /** What can be read from there on, at least a byte; undefined at the end. */
  async #chunkAt(
    position: number,
    isWanted: () => boolean,
  ): Promise<Uint8Array | undefined> {
    while (isWanted()) {
      if (this.#state === 'failed') throw this.#failure;
      const isComplete = this.#state === 'right';
      const readable = this.#written - (isComplete ? 0 : 1);
      if (position < readable) {
        const buffer = Buffer.allocUnsafe(Math.min(CHUNK, readable - position));
        const { bytesRead } = await this.#file.read(buffer, { position });
        return buffer.subarray(0, bytesRead);
      }
      if (isComplete) return undefined;
      await once(this.#events, 'change');
    }
    return undefined;
  }

  async #closeWhenUnread(): Promise<void> {
    if (this.#isReleased && this.#readers === 0) await this.#file.close();
  }
}

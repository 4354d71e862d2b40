import { hashText, textHash } from './hashText';
import { startsWithSlash } from './TextTable';
import { slotsFor } from './TripleTable';

/** The texts of an image, decoded one by one when they are asked for. */
export class ImageTexts {
  readonly starts: Int32Array;
  /** Two by text. */
  readonly hashes: Int32Array;
  readonly bytes: Uint8Array;
  readonly #buffer: Buffer;
  readonly #texts: (string | undefined)[];
  #slots?: Int32Array;

  constructor(starts: Int32Array, hashes: Int32Array, bytes: Uint8Array) {
    this.starts = starts;
    this.hashes = hashes;
    this.bytes = bytes;
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#texts = new Array(starts.length - 1);
  }

  get size(): number {
    return this.starts.length - 1;
  }

  text(id: number): string {
    this.#texts[id] ??= this.#buffer.toString(
      'utf8',
      this.starts[id],
      this.starts[id + 1],
    );
    return this.#texts[id];
  }

  /** The id of a text; `undefined` when the image does not have it. */
  find(text: string): number | undefined {
    hashText(text);
    const [low, high] = textHash;
    this.#slots ??= this.#index();
    const mask = this.#slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] - 1;
      if (id < 0) return undefined;
      if (
        this.hashes[2 * id] === low &&
        this.hashes[2 * id + 1] === high &&
        this.text(id) === text
      ) {
        return id;
      }
    }
  }

  /** Whether a text is the absolute path of a file. */
  isPath(id: number): boolean {
    return startsWithSlash(this.bytes, this.starts[id], this.starts[id + 1]);
  }

  #index(): Int32Array {
    const slots = new Int32Array(slotsFor(this.size));
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = this.hashes[2 * id] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    return slots;
  }
}

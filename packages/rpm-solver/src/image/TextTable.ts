import { IntList } from '../pool/IntList';
import { slotsFor } from './TripleTable';
import { hashText, textHash } from './hashText';
import type { ImageTexts } from './ImageTexts';

/**
 * Gives each text a small integer, in the order of first sight, and keeps them all as UTF-8 in one
 * piece of memory.
 *
 * @remarks
 * A hash table of its own: texts come from other images as bytes with their hashes, and half a million
 * of them are taken over without one being decoded.
 */
export class TextTable {
  readonly starts = new IntList();
  /** Two by text. */
  readonly hashes = new IntList();
  #bytes = Buffer.alloc(1 << 10);
  #length = 0;
  /** By hash, the text's id plus one; 0 when free. The length is a power of two. */
  #slots = new Int32Array(1 << 7);

  constructor() {
    this.starts.push(0);
  }

  get size(): number {
    return this.starts.length - 1;
  }

  /** The UTF-8 of all texts, one behind the other. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  intern(text: string): number {
    hashText(text);
    const low = textHash[0];
    const high = textHash[1];
    let slot = this.#candidate(low, low, high);
    for (
      ;
      this.#slots[slot] !== 0;
      slot = this.#candidate(slot + 1, low, high)
    ) {
      const id = this.#slots[slot] - 1;
      if (this.#isText(id, text)) return id;
    }
    this.#reserveBytes(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length);
    return this.#add(slot, low, high);
  }

  /** Takes a text over from an image. */
  internFrom(texts: ImageTexts, from: number): number {
    const { bytes, starts, hashes } = texts;
    const start = starts[from];
    const end = starts[from + 1];
    const low = hashes[2 * from];
    const high = hashes[2 * from + 1];
    let slot = this.#candidate(low, low, high);
    for (
      ;
      this.#slots[slot] !== 0;
      slot = this.#candidate(slot + 1, low, high)
    ) {
      const id = this.#slots[slot] - 1;
      if (this.#isBytes(id, bytes, start, end)) return id;
    }
    this.#reserveBytes(end - start);
    for (let i = start; i < end; i++) this.#bytes[this.#length++] = bytes[i];
    return this.#add(slot, low, high);
  }

  /** Makes room for as many texts and bytes of them more. */
  reserve(texts: number, bytes: number): void {
    this.starts.reserve(texts);
    this.hashes.reserve(2 * texts);
    this.#reserveBytes(bytes);
    if ((this.size + texts) * 2 > this.#slots.length) {
      this.#setSlots(this.size + texts);
    }
  }

  /** Whether a text is the absolute path of a file. */
  isPath(id: number): boolean {
    return startsWithSlash(
      this.#bytes,
      this.starts.at(id),
      this.starts.at(id + 1),
    );
  }

  /** The next slot, from one on, that is free or has a text of the same hash. */
  #candidate(from: number, low: number, high: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = from & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] - 1;
      if (
        id < 0 ||
        (this.hashes.at(2 * id) === low && this.hashes.at(2 * id + 1) === high)
      ) {
        return slot;
      }
    }
  }

  #isText(id: number, text: string): boolean {
    const start = this.starts.at(id);
    const length = this.starts.at(id + 1) - start;
    if (length !== text.length) {
      return this.#bytes.toString('utf8', start, start + length) === text;
    }
    for (let i = 0; i < length; i++) {
      if (this.#bytes[start + i] !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  #isBytes(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.starts.at(id);
    if (this.starts.at(id + 1) - own !== end - start) return false;
    for (let i = start; i < end; i++) {
      if (this.#bytes[own + i - start] !== bytes[i]) return false;
    }
    return true;
  }

  #add(slot: number, low: number, high: number): number {
    const id = this.size;
    this.starts.push(this.#length);
    this.hashes.push(low);
    this.hashes.push(high);
    this.#slots[slot] = id + 1;
    if (this.size * 2 > this.#slots.length) this.#setSlots(this.size * 2);
    return id;
  }

  #setSlots(entries: number): void {
    const slots = new Int32Array(slotsFor(entries));
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = this.hashes.at(2 * id) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }

  #reserveBytes(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.alloc(Math.max(needed, 2 * this.#length));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}

const SLASH = 47;

/** Whether some UTF-8 is the absolute path of a file. */
export function startsWithSlash(
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  return start < end && bytes[start] === SLASH;
}

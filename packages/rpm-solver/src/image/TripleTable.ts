import { IntList } from '../pool/IntList';

/** Gives each distinct triple of integers a small integer, in the order of first sight. */
export class TripleTable {
  /** Three by triple. */
  readonly values = new IntList();
  /** By hash, the triple's id plus one; 0 when free. The length is a power of two. */
  #slots = new Int32Array(1 << 7);

  get size(): number {
    return this.values.length / 3;
  }

  intern(a: number, b: number, c: number): number {
    const slot = this.#slotOf(a, b, c);
    const known = this.#slots[slot] - 1;
    if (known >= 0) return known;
    const id = this.size;
    this.values.push(a);
    this.values.push(b);
    this.values.push(c);
    this.#slots[slot] = id + 1;
    if (this.size * 2 > this.#slots.length) this.#grow();
    return id;
  }

  /** The id of a triple that was interned before. */
  find(a: number, b: number, c: number): number | undefined {
    const known = this.#slots[this.#slotOf(a, b, c)] - 1;
    return known < 0 ? undefined : known;
  }

  /** One value of a triple, the first being 0. */
  at(id: number, index: number): number {
    return this.values.at(3 * id + index);
  }

  /** The slot of a triple, or the free one where it belongs. */
  #slotOf(a: number, b: number, c: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(a, b, c) & mask;
    for (;;) {
      const id = this.#slots[slot] - 1;
      if (
        id < 0 ||
        (this.at(id, 0) === a && this.at(id, 1) === b && this.at(id, 2) === c)
      ) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = hashOf(this.at(id, 0), this.at(id, 1), this.at(id, 2)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

function hashOf(a: number, b: number, c: number): number {
  let hash = Math.imul(a + 1, 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x297a2d39);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0x7feb352d);
  return hash ^ (hash >>> 16);
}

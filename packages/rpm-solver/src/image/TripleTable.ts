/** Gives each distinct triple of integers a small integer, in the order of first sight. */
export class TripleTable {
  #values = new Int32Array(3 << 6);
  #size = 0;
  /** By hash, the triple's id plus one; 0 when free. A power of two, twice as many as there is room. */
  #slots = new Int32Array(1 << 7);

  get size(): number {
    return this.#size;
  }

  /** Three by triple; valid until the table grows. */
  get values(): Int32Array {
    return this.#values.subarray(0, 3 * this.#size);
  }

  intern(a: number, b: number, c: number): number {
    let slot = this.#slotOf(a, b, c);
    const known = this.#slots[slot] - 1;
    if (known >= 0) return known;
    if (3 * this.#size === this.#values.length) {
      this.reserve(this.#size);
      slot = this.#slotOf(a, b, c);
    }
    const id = this.#size++;
    this.#values[3 * id] = a;
    this.#values[3 * id + 1] = b;
    this.#values[3 * id + 2] = c;
    this.#slots[slot] = id + 1;
    return id;
  }

  /** The id of a triple that was interned before. */
  find(a: number, b: number, c: number): number | undefined {
    const known = this.#slots[this.#slotOf(a, b, c)] - 1;
    return known < 0 ? undefined : known;
  }

  /** One value of a triple, the first being 0. */
  at(id: number, index: number): number {
    return this.#values[3 * id + index];
  }

  /** Makes room for as many triples more. */
  reserve(more: number): void {
    const room = slotsFor(this.#size + more) / 2;
    if (3 * room <= this.#values.length) return;
    const values = new Int32Array(3 * room);
    values.set(this.values);
    this.#values = values;
    this.#slots = new Int32Array(2 * room);
    for (let id = 0; id < this.#size; id++) {
      const slot = this.#slotOf(
        values[3 * id],
        values[3 * id + 1],
        values[3 * id + 2],
      );
      this.#slots[slot] = id + 1;
    }
  }

  /** The slot of a triple, or the free one where it belongs. */
  #slotOf(a: number, b: number, c: number): number {
    const values = this.#values;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(a, b, c) & mask;
    for (;;) {
      const at = 3 * (slots[slot] - 1);
      if (
        at < 0 ||
        (values[at] === a && values[at + 1] === b && values[at + 2] === c)
      ) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }
}

/** The size of a hash table for so many entries: a power of two, at least twice as many. */
export function slotsFor(entries: number): number {
  return 2 ** Math.ceil(Math.log2(2 * Math.max(1, entries)));
}

function hashOf(a: number, b: number, c: number): number {
  let hash = Math.imul(a + 1, 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x297a2d39);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0x7feb352d);
  return hash ^ (hash >>> 16);
}

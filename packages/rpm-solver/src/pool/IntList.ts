/** A growing list of 32-bit integers, for columns whose length is not known beforehand. */
export class IntList {
  #values: Int32Array;
  #length = 0;

  constructor(capacity = 64) {
    this.#values = new Int32Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.reserve(this.#length);
    this.#values[this.#length++] = value;
  }

  pushAll(values: Int32Array): void {
    if (this.#length + values.length > this.#values.length) {
      this.reserve(Math.max(this.#length, values.length));
    }
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  at(index: number): number {
    return this.#values[index];
  }

  /** A copy of the values so far. */
  toArray(): Int32Array {
    return this.#values.slice(0, this.#length);
  }

  /** The values so far; valid until the list grows. */
  view(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }

  /** Makes room for as many values more, so that the list is not copied while they come. */
  reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#values.length) return;
    const larger = new Int32Array(needed);
    larger.set(this.view());
    this.#values = larger;
  }
}

/** Entries of a file that is read alongside another one, found by their package's checksum. */
export class EntriesByPackage<E extends { pkgId: string }> {
  readonly #batches: AsyncGenerator<E[]>;
  /** Entries that came before the package that they belong to. */
  readonly #early = new Map<string, E[]>();
  #batch: E[] = [];
  #next = 0;

  constructor(batches: AsyncGenerator<E[]>) {
    this.#batches = batches;
  }

  /**
   * The entry of a package, `undefined` when the file has none (any more).
   *
   * @remarks
   * Costs one step when both files have one order, as metadata tools write them. Entries that come
   * earlier than asked for are kept until they are, so a file in another order is held in memory.
   */
  async take(pkgId: string): Promise<E | undefined> {
    const early = this.#takeEarly(pkgId);
    if (early) {
      return early;
    }
    for (;;) {
      const entry = await this.#read();
      if (!entry || entry.pkgId === pkgId) {
        return entry;
      }
      const waiting = this.#early.get(entry.pkgId);
      if (waiting) {
        waiting.push(entry);
      } else {
        this.#early.set(entry.pkgId, [entry]);
      }
    }
  }

  /** Reads the file to its end, so that it is known to be whole; counts the entries nobody took. */
  async countRest(): Promise<number> {
    let count = this.#batch.length - this.#next;
    for (const waiting of this.#early.values()) {
      count += waiting.length;
    }
    for await (const batch of this.#batches) {
      count += batch.length;
    }
    return count;
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#batches.return(undefined);
  }

  #takeEarly(pkgId: string): E | undefined {
    const waiting = this.#early.get(pkgId);
    const entry = waiting?.shift();
    if (waiting?.length === 0) {
      this.#early.delete(pkgId);
    }
    return entry;
  }

  async #read(): Promise<E | undefined> {
    while (this.#next >= this.#batch.length) {
      const { done, value } = await this.#batches.next();
      if (done) {
        this.#batch = [];
        this.#next = 0;
        return undefined;
      }
      this.#batch = value;
      this.#next = 0;
    }
    return this.#batch[this.#next++];
  }
}

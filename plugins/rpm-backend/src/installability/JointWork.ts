interface Running<T> {
  result: Promise<T>;
  abort: AbortController;
  waiting: number;
}

/**
 * Work that several callers may wait for: what is asked for twice at once is done once, one thing
 * after the other, and given up when nobody waits for it any more.
 */
export class JointWork<T> {
  readonly #running = new Map<string, Running<T>>();
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param key - names the work; what `work` does must not depend on anything else
   * @param signal - this caller's: it stops waiting, others still do
   * @throws what `work` throws, the signal's reason when it is aborted
   */
  async run(
    key: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const running = this.#running.get(key) ?? this.#start(key, work);
    running.waiting += 1;
    let leave = () => {};
    const gone = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave);
    });
    try {
      return await Promise.race([running.result, gone]);
    } finally {
      signal.removeEventListener('abort', leave);
      running.waiting -= 1;
      if (running.waiting === 0) {
        this.#forget(key, running);
        running.abort.abort();
      }
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<T>): Running<T> {
    const abort = new AbortController();
    const result = this.#last.then(async () => {
      abort.signal.throwIfAborted();
      return work(abort.signal);
    });
    this.#last = result.catch(() => {});
    const running = { result, abort, waiting: 0 };
    this.#running.set(key, running);
    return running;
  }

  /** What others began meanwhile under the same key is theirs. */
  #forget(key: string, running: Running<T>): void {
    if (this.#running.get(key) === running) this.#running.delete(key);
  }
}

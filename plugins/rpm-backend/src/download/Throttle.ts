import { setTimeout as sleep } from 'timers/promises';

/** Bounds how much runs at once, and how much starts within a second. */
export class Throttle {
  readonly #concurrency: number;
  readonly #interval: number;
  readonly #signal: AbortSignal | undefined;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #nextStart = 0;

  /** @param options - `rate` in starts per second; no bound when absent */
  constructor(options: {
    concurrency: number;
    rate?: number;
    signal?: AbortSignal;
  }) {
    this.#concurrency = options.concurrency;
    this.#interval = options.rate ? 1000 / options.rate : 0;
    this.#signal = options.signal;
  }

  /** Waits for a turn. Each is to be ended by {@link release}. */
  async acquire(): Promise<void> {
    if (this.#running < this.#concurrency) {
      this.#running += 1;
    } else {
      // Whoever releases hands its place over, so that nobody can overtake.
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    try {
      await this.#pace();
      this.#signal?.throwIfAborted();
    } catch (error) {
      this.release();
      throw error;
    }
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }

  async #pace(): Promise<void> {
    if (!this.#interval) return;
    const now = Date.now();
    const start = Math.max(now, this.#nextStart);
    this.#nextStart = start + this.#interval;
    await sleep(start - now, undefined, { signal: this.#signal });
  }
}

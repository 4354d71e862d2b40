import { AsyncLocalStorage } from 'async_hooks';
import { MessageChannel, type MessagePort } from 'worker_threads';
import type { Answer, Request } from './protocol';

/** Set while a caller deals with a batch, see {@link JobCaller.isBusy}. */
const dealing = new AsyncLocalStorage<true>();

/** The caller's end of a conversation with a job: takes its batches and feeds it others. */
export class JobCaller {
  /** To be given to the thread. */
  readonly port: MessagePort;
  readonly cancelled = new Int32Array(new SharedArrayBuffer(4));
  readonly #port: MessagePort;
  readonly #onBatch: ((batch: any) => Promise<void>) | undefined;
  readonly #batches: AsyncIterator<unknown> | undefined;
  readonly #onFailure: (error: unknown) => void;
  #queue = Promise.resolve();
  #closed = false;

  /** @param options - `onFailure` is told when dealing with a batch or making one failed */
  constructor(options: {
    batches: AsyncIterable<unknown> | undefined;
    onBatch: ((batch: any) => Promise<void>) | undefined;
    onFailure: (error: unknown) => void;
  }) {
    const { port1, port2 } = new MessageChannel();
    this.port = port2;
    this.#port = port1;
    this.#onBatch = options.onBatch;
    this.#batches = options.batches?.[Symbol.asyncIterator]();
    this.#onFailure = options.onFailure;
    this.#port.on('message', (request: Request) => {
      this.#queue = this.#queue.then(() => this.#deal(request));
    });
  }

  /**
   * Whether this code runs on behalf of another job's batch. A job that waits for the answer to a
   * batch keeps its thread, so waiting for a thread there could wait forever.
   */
  static isBusy(): boolean {
    return dealing.getStore() === true;
  }

  cancel(): void {
    Atomics.store(this.cancelled, 0, 1);
    this.#port.postMessage('cancel');
  }

  /** Ends the conversation; resolves when nothing is being dealt with any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#port.close();
    await this.#queue;
    await this.#batches?.return?.();
  }

  async #deal(request: Request): Promise<void> {
    if (this.#closed) return;
    try {
      const result = await dealing.run(true, () => this.#answer(request));
      const answer: Answer = { id: request.id, result };
      if (!this.#closed) this.#port.postMessage(answer);
    } catch (error) {
      this.#onFailure(error);
    }
  }

  async #answer(request: Request): Promise<Answer['result']> {
    if (request.type === 'pull') {
      const next = await this.#batches?.next();
      return next && !next.done
        ? { done: false, value: next.value }
        : { done: true, value: undefined };
    }
    await this.#onBatch?.(request.batch);
    return { done: true, value: undefined };
  }
}

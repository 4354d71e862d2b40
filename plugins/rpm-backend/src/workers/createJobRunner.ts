import {
  abortError,
  reportError,
  type Answer,
  type JobOrder,
  type JobReply,
  type Request,
} from './protocol';
import type { Job, JobContext } from './types';

/** Jobs ({@link Job}) by name; what they take and give differs. */
export type JobRegistry = Record<
  string,
  (input: any, context: JobContext<never, any>) => Promise<unknown>
>;

type Pending = {
  resolve(result: IteratorResult<unknown, undefined>): void;
  reject(error: Error): void;
};

/** The thread's end of a job's conversation with its caller. */
class ThreadContext implements JobContext<unknown, unknown> {
  readonly batches: AsyncIterable<unknown>;
  readonly #order: JobOrder;
  readonly #pending = new Map<number, Pending>();
  readonly #emits = new Set<Promise<unknown>>();
  #lastId = 0;

  constructor(order: JobOrder) {
    this.#order = order;
    order.port.on('message', (message: Answer | 'cancel') => {
      if (message === 'cancel') {
        for (const { reject } of this.#pending.values()) reject(abortError());
        this.#pending.clear();
      } else {
        this.#pending.get(message.id)?.resolve(message.result);
        this.#pending.delete(message.id);
      }
    });
    this.batches = {
      [Symbol.asyncIterator]: () => ({
        next: () => this.#ask(id => ({ id, type: 'pull' })),
      }),
    };
  }

  async emit(batch: unknown): Promise<void> {
    const emitted = this.#ask(id => ({ id, type: 'emit', batch }));
    // A job may go on while its batch is dealt with, and await it later or never.
    emitted.catch(() => {});
    this.#emits.add(emitted);
    try {
      await emitted;
    } finally {
      this.#emits.delete(emitted);
    }
  }

  checkCancelled(): void {
    if (Atomics.load(this.#order.cancelled, 0) !== 0) throw abortError();
  }

  /** Resolves when everything emitted has been dealt with. */
  async settled(): Promise<void> {
    await Promise.all(this.#emits);
  }

  async #ask(
    request: (id: number) => Request,
  ): Promise<IteratorResult<unknown, undefined>> {
    this.checkCancelled();
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#order.port.postMessage(request(id));
    });
  }
}

/** The function that a thread's entry file exports: runs the job that an order names. */
export function createJobRunner(
  jobs: JobRegistry,
): (order: JobOrder) => Promise<JobReply> {
  return async order => {
    try {
      const job = Object.hasOwn(jobs, order.name)
        ? jobs[order.name]
        : undefined;
      if (!job) throw new Error(`There is no job named '${order.name}'.`);
      const context = new ThreadContext(order);
      context.checkCancelled();
      // Which batches it is fed is between the job and its caller.
      const output = await job(
        order.input,
        context as JobContext<never, unknown>,
      );
      await context.settled();
      return { ok: true, output };
    } catch (error) {
      return { ok: false, error: reportError(error) };
    } finally {
      order.port.close();
    }
  };
}

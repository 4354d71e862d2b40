/** What a job has at hand in its worker thread. */
export interface JobContext<TIn, TOut> {
  /** Hands a batch over; resolves when the receiver has dealt with it, so memory stays bounded. */
  emit(batch: TOut): Promise<void>;
  /** The batches that the caller feeds in, pulled one at a time. */
  readonly batches: AsyncIterable<TIn>;
  /** Throws when the caller has given up; to be called between steps of long loops. */
  checkCancelled(): void;
}

/** Heavy CPU work: a function without Backstage or database that runs in a worker thread. */
export type Job<TInput, TOutput, TIn = never, TOut = never> = (
  input: TInput,
  context: JobContext<TIn, TOut>,
) => Promise<TOutput>;

/** Runs jobs in worker threads, so that the API answers meanwhile. */
export interface WorkerPool {
  /**
   * @param name - a job of `jobs.ts`
   * @param options - `batches` is fed to the job, `onBatch` gets what it emits; both one at a time
   * @throws what the job throws (name, message and code survive), AbortError when cancelled
   */
  run<TInput, TOutput, TIn = never, TOut = never>(
    name: string,
    input: TInput,
    options?: {
      signal?: AbortSignal;
      batches?: AsyncIterable<TIn>;
      onBatch?: (batch: TOut) => Promise<void>;
    },
  ): Promise<TOutput>;
  close(): Promise<void>;
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { availableParallelism } from 'os';
import { Piscina } from 'piscina';
import { TaskError } from '../tasks/errors';
import { JobCaller } from './JobCaller';
import { abortError, type ErrorReport, type JobReply } from './protocol';
import type { WorkerPool } from './types';

/** Resolved by name: only the package's exports know where sources and builds keep the file. */
const ENTRY = '@rpmportal/backstage-plugin-rpm-backend/worker';

/** How long a cancelled job may take to stop by itself before its thread is terminated. */
const GRACE_MILLISECONDS = 500;

/** With one alone, a report that takes minutes would keep all tasks waiting. */
const FEWEST_THREADS = 2;
/** More threads than tasks that run at once have nothing to do. */
const MOST_THREADS = 4;

/**
 * Jobs live on short-lived objects, so that V8 gives each thread ever more room for young ones, up
 * to some 100 MB; a third of it does the same work as fast.
 */
const YOUNG_MEGABYTES = 32;

function defaultThreads(): number {
  return Math.max(
    FEWEST_THREADS,
    Math.min(availableParallelism() - 1, MOST_THREADS),
  );
}

/**
 * Node.js options for a thread with this entry file. Sources are TypeScript with bundler-style
 * imports, which a thread only understands with the Backstage CLI's transform.
 */
function threadOptions(entry: string): string[] {
  return entry.endsWith('.ts')
    ? ['--require', require.resolve('@backstage/cli/config/nodeTransform.cjs')]
    : [];
}

function reviveError(report: ErrorReport): Error {
  const error =
    report.name === 'TaskError' && report.code
      ? new TaskError(report.code, report.message)
      : Object.assign(new Error(report.message), {
          name: report.name,
          ...(report.code && { code: report.code }),
        });
  error.stack = report.stack;
  return error;
}

/** A bounded number of threads, started with the first job and kept. */
export class ThreadPool implements WorkerPool {
  readonly #entry: string;
  readonly #threads: number;
  readonly #logger: LoggerService;
  #piscina: Piscina | undefined;
  #closed = false;

  /**
   * @param options - `threads` defaults to one less than there are cores, at least 2 and at most 4;
   * `entry` is the file that exports the job runner, the plugin's own by default
   */
  constructor(options: {
    logger: LoggerService;
    threads?: number;
    entry?: string;
  }) {
    this.#logger = options.logger;
    this.#threads = options.threads ?? defaultThreads();
    this.#entry = options.entry ?? require.resolve(ENTRY);
  }

  async run<TInput, TOutput, TIn = never, TOut = never>(
    name: string,
    input: TInput,
    options: {
      signal?: AbortSignal;
      batches?: AsyncIterable<TIn>;
      onBatch?: (batch: TOut) => Promise<void>;
    } = {},
  ): Promise<TOutput> {
    const { signal, batches, onBatch } = options;
    if (this.#closed || signal?.aborted) throw abortError();
    if (JobCaller.isBusy()) {
      throw new Error(
        `Job '${name}' was started while a batch of another job is dealt with; it could wait for that job's thread forever.`,
      );
    }

    const terminate = new AbortController();
    let grace: NodeJS.Timeout | undefined;
    let failure: { error: unknown } | undefined;
    const fail = (error: unknown) => {
      if (failure) return;
      failure = { error };
      caller.cancel();
      grace = setTimeout(() => terminate.abort(), GRACE_MILLISECONDS);
    };
    const caller = new JobCaller({ batches, onBatch, onFailure: fail });
    const giveUp = () => fail(abortError());
    signal?.addEventListener('abort', giveUp);

    try {
      const { port, cancelled } = caller;
      const reply: JobReply = await this.#pool().run(
        { name, input, port, cancelled },
        {
          // Named here, not for the pool, so that an entry that fails to load fails the job.
          filename: this.#entry,
          name: 'runJob',
          transferList: [port],
          signal: terminate.signal,
        },
      );
      if (!reply.ok) throw reviveError(reply.error);
      // The work is done: a caller that gave up meanwhile must still not go on with it.
      if (failure) throw failure.error;
      return reply.output as TOutput;
    } catch (error) {
      throw failure ? failure.error : error;
    } finally {
      clearTimeout(grace);
      signal?.removeEventListener('abort', giveUp);
      await caller.close();
    }
  }

  /** Terminates all threads; jobs that run are cancelled. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#piscina?.destroy();
  }

  #pool(): Piscina {
    if (!this.#piscina) {
      this.#piscina = new Piscina({
        // Equal bounds: after terminating a thread Piscina starts a new one only up to the lower.
        minThreads: this.#threads,
        maxThreads: this.#threads,
        // Jobs are long: reacting some microseconds sooner is not worth blocking idle threads.
        atomics: 'disabled',
        execArgv: threadOptions(this.#entry),
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      });
      this.#piscina.on('error', error =>
        this.#logger.error('A worker thread failed', error),
      );
    }
    return this.#piscina;
  }
}

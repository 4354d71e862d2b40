import { once } from 'events';
import type { ProblemWriter, SolverQuestion } from '../plan';
import type { VersionRecord } from '../repository';
import type { WorkerPool } from '../workers';
import { createGzip, type Gzip } from 'zlib';
import { toPoolInput } from './DefaultSolverService';
import { WRITE_PROBLEM, type ProblemJobInput } from './jobTypes';
import type { SolverImages } from './SolverImages';

/** Writes down what the solver is given, in a worker thread, and as fast as it is read. */
export class SolverProblems implements ProblemWriter {
  readonly #threads: WorkerPool;
  readonly #images: SolverImages;

  constructor(options: { threads: WorkerPool; images: SolverImages }) {
    this.#threads = options.threads;
    this.#images = options.images;
  }

  writeProblem(
    signal: AbortSignal,
    versions: readonly VersionRecord[],
    question: SolverQuestion,
  ): AsyncIterable<Uint8Array> {
    const gzip = createGzip();
    this.#write(signal, versions, question, gzip).catch(error =>
      gzip.destroy(error),
    );
    return gzip;
  }

  async #write(
    signal: AbortSignal,
    versions: readonly VersionRecord[],
    question: SolverQuestion,
    gzip: Gzip,
  ): Promise<void> {
    const provided = await this.#images.provide(versions, signal);
    await this.#threads.run<ProblemJobInput, void, never, string>(
      WRITE_PROBLEM,
      { pool: toPoolInput(provided), request: question },
      {
        signal,
        onBatch: async lines => {
          if (!gzip.write(lines)) await once(gzip, 'drain', { signal });
        },
      },
    );
    gzip.end();
  }
}

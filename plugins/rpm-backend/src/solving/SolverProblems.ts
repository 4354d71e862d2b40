import { createReadStream } from 'fs';
import { join } from 'path';
import type { ProblemWriter, SolverQuestion } from '../plan';
import type { VersionRecord } from '../repository';
import type { ArtifactStorage } from '../storage';
import type { WorkerPool } from '../workers';
import { toPoolInput } from './DefaultSolverService';
import { WRITE_PROBLEM, type ProblemJobInput } from './jobTypes';
import type { SolverImages } from './SolverImages';

/**
 * Writes down what the solver is given, in a worker thread, into a file that is removed when it is
 * read. Who reads slowly, or stops reading, does not keep the thread from others.
 */
export class SolverProblems implements ProblemWriter {
  readonly #threads: WorkerPool;
  readonly #images: Pick<SolverImages, 'provide'>;
  readonly #storage: Pick<ArtifactStorage, 'workFolder'>;

  constructor(options: {
    threads: WorkerPool;
    images: Pick<SolverImages, 'provide'>;
    storage: Pick<ArtifactStorage, 'workFolder'>;
  }) {
    this.#threads = options.threads;
    this.#images = options.images;
    this.#storage = options.storage;
  }

  async *writeProblem(
    signal: AbortSignal,
    versions: readonly VersionRecord[],
    question: SolverQuestion,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const provided = await this.#images.provide(versions, signal);
    const folder = await this.#storage.workFolder();
    try {
      const path = join(folder.path, 'problem');
      await this.#threads.run<ProblemJobInput, void>(
        WRITE_PROBLEM,
        { pool: toPoolInput(provided), request: question, path },
        { signal },
      );
      yield* createReadStream(path);
    } finally {
      await folder[Symbol.asyncDispose]();
    }
  }
}

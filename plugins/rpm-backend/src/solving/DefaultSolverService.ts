import type { VersionRecord } from '../repository';
import { TaskError } from '../tasks';
import type { TaskContext } from '../tasks/types';
import type { WorkerPool } from '../workers';
import {
  REPORT,
  SOLVE,
  type PoolInput,
  type ReportJobInput,
  type SolveJobInput,
} from './jobTypes';
import type { SolvedClosure } from './shortenPlan';
import { ReceivedClosure, type SolvedPart } from './SolvedParts';
import type { ProvidedImage, SolverImages } from './SolverImages';
import {
  versionKey,
  type PackedReport,
  type ReportPart,
  type SolveInput,
  type SolverService,
} from './types';

/** A copy that takes longer keeps a thread from others, perhaps forever: there are such packages. */
const PATIENCE_MILLISECONDS = 10 * 60_000;

/** Nobody knows within that time what has to come along. */
const UNDECIDED = 'RPM0014';

export class DefaultSolverService implements SolverService {
  readonly #threads: WorkerPool;
  readonly #images: Pick<SolverImages, 'provide'>;
  readonly #patience: number;

  /** @param options - `patience`: milliseconds after which a copy is given up */
  constructor(options: {
    threads: WorkerPool;
    images: Pick<SolverImages, 'provide'>;
    patience?: number;
  }) {
    this.#threads = options.threads;
    this.#images = options.images;
    this.#patience = options.patience ?? PATIENCE_MILLISECONDS;
  }

  async solveCopy(
    { signal, progress }: Pick<TaskContext, 'signal' | 'progress'>,
    versions: readonly VersionRecord[],
    request: SolveInput,
  ): Promise<SolvedClosure> {
    const loading = progress('copy.loading', 'Loading Packages');
    const provided = await this.#images.provide(versions, signal, loading);
    loading.finish();

    const solving = progress('copy.solving', 'Solving Dependencies', 1);
    const received = new ReceivedClosure();
    const timeout = AbortSignal.timeout(this.#patience);
    const rest = await this.#threads
      .run<SolveJobInput, SolvedClosure, never, SolvedPart>(
        SOLVE,
        { pool: toPoolInput(provided), request },
        {
          signal: AbortSignal.any([signal, timeout]),
          onBatch: async part => received.receive(part),
        },
      )
      .catch(error => {
        throw timeout.aborted && !signal.aborted
          ? new TaskError(
              UNDECIDED,
              'What has to come along is not found out within the time there is; copy fewer packages at a time, or without dependencies.',
            )
          : error;
      });
    solving.advance();
    solving.finish();
    return received.complete(rest);
  }

  async reportInstallability(
    signal: AbortSignal,
    version: VersionRecord,
    contexts: readonly VersionRecord[],
    architectures: readonly string[],
  ): Promise<PackedReport> {
    const others = new Map(contexts.map(each => [each.id, each]));
    others.delete(version.id);
    const provided = await this.#images.provide(
      [version, ...others.values()],
      signal,
    );
    const parts: ReportPart[] = [];
    const rest = await this.#threads.run<
      ReportJobInput,
      Omit<PackedReport, 'parts'>,
      never,
      ReportPart
    >(
      REPORT,
      {
        pool: toPoolInput(provided),
        request: {
          version: versionKey(version),
          contexts: [...others.values()].map(versionKey),
          architectures: [...architectures],
        },
      },
      {
        signal,
        onBatch: async part => {
          parts.push(part);
        },
      },
    );
    return { ...rest, parts };
  }
}

/** What a thread is given of an image. */
export function toPoolInput({ image, memberships }: ProvidedImage): PoolInput {
  return {
    imageId: image.id,
    bytes: image.bytes,
    repositories: memberships.map(({ version, units, defaultStreams }) => ({
      key: versionKey(version),
      units,
      defaultStreams,
    })),
  };
}

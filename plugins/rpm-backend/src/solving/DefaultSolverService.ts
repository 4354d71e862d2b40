import type { Knex } from 'knex';
import { loadSolverPackages } from '../database/operations/content-units';
import {
  loadSolverModules,
  readDefaultStreams,
} from '../database/operations/copy';
import type { VersionRecord } from '../repository';
import type { TaskContext } from '../tasks/types';
import type { WorkerPool } from '../workers';
import { REPORT, SOLVE, type SolveBatch } from './jobTypes';
import type { SolvedClosure } from './shortenPlan';
import { ReceivedClosure, type SolvedPart } from './SolvedParts';
import {
  versionKey,
  type BrokenPackage,
  type InstallabilityInput,
  type InstallabilityReport,
  type SolveInput,
  type SolverService,
} from './types';

export class DefaultSolverService implements SolverService {
  readonly #knex: Knex;
  readonly #threads: WorkerPool;

  constructor(options: { knex: Knex; threads: WorkerPool }) {
    this.#knex = options.knex;
    this.#threads = options.threads;
  }

  async solveCopy(
    context: Pick<TaskContext, 'signal' | 'progress'>,
    versions: readonly VersionRecord[],
    input: SolveInput,
  ): Promise<SolvedClosure> {
    const loading = context.progress(
      'copy.loading',
      'Loading Packages',
      versions.reduce(
        (sum, { counts }) => sum + (counts.present['rpm.package'] ?? 0),
        0,
      ),
    );
    const solving = () =>
      context.progress('copy.solving', 'Solving Dependencies', 1);
    const received = new ReceivedClosure();
    const rest = await this.#threads.run<
      SolveInput,
      SolvedClosure,
      SolveBatch,
      SolvedPart
    >(SOLVE, input, {
      signal: context.signal,
      batches: this.#load(versions, {
        onPackages: count => loading.advance(count),
        onEnd: () => {
          loading.finish();
          solving();
        },
      }),
      onBatch: async part => received.receive(part),
    });
    solving().advance();
    solving().finish();
    return received.complete(rest);
  }

  async reportInstallability(
    signal: AbortSignal,
    version: VersionRecord,
    contexts: readonly VersionRecord[],
    architectures: readonly string[],
  ): Promise<InstallabilityReport> {
    const versions = new Map(
      [version, ...contexts].map(each => [each.id, each]),
    );
    const broken: BrokenPackage[] = [];
    const rest = await this.#threads.run<
      InstallabilityInput,
      InstallabilityReport,
      SolveBatch,
      BrokenPackage[]
    >(
      REPORT,
      {
        version: versionKey(version),
        contexts: [...versions.values()]
          .filter(({ id }) => id !== version.id)
          .map(versionKey),
        architectures: [...architectures],
      },
      {
        signal,
        batches: this.#load([...versions.values()]),
        onBatch: async part => {
          for (const each of part) broken.push(each);
        },
      },
    );
    return { ...rest, broken };
  }

  async *#load(
    versions: readonly VersionRecord[],
    listener?: { onPackages(count: number): void; onEnd(): void },
  ): AsyncGenerator<SolveBatch, void, undefined> {
    for (const version of versions) {
      const key = versionKey(version);
      const defaultStreams = await readDefaultStreams(this.#knex, version);
      yield { kind: 'version', key, defaultStreams };
      for await (const rows of loadSolverModules(this.#knex, version)) {
        yield { kind: 'modules', key, rows };
      }
    }
    for (const version of versions) {
      for await (const rows of loadSolverPackages(this.#knex, version)) {
        listener?.onPackages(rows.length);
        yield { kind: 'packages', key: versionKey(version), rows };
      }
    }
    listener?.onEnd();
  }
}

import type { Knex } from 'knex';
import { loadSolverPackages } from '../../database/operations/content-units';
import {
  loadSolverModules,
  readDefaultStreams,
} from '../../database/operations/copy';
import type { VersionRecord } from '../../repository';
import type { Progress, TaskContext } from '../../tasks/types';
import type { WorkerPool } from '../../workers';
import type { SolvedClosure } from './shortenPlan';
import { ReceivedClosure, type SolvedPart } from './SolvedParts';
import { SOLVE, type SolveBatch, type SolveInput } from './types';

/** How the solver calls a version. */
export function versionKey({ id }: Pick<VersionRecord, 'id'>): string {
  return String(id);
}

/**
 * Plans in a worker thread which dependencies come along.
 *
 * @param versions - all that the entries name as source or destination, each once
 */
export async function solveClosure(
  { knex, threads }: { knex: Knex; threads: WorkerPool },
  context: TaskContext,
  versions: readonly VersionRecord[],
  request: SolveInput,
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
  const rest = await threads.run<
    SolveInput,
    SolvedClosure,
    SolveBatch,
    SolvedPart
  >(SOLVE, request, {
    signal: context.signal,
    batches: loadVersions(knex, versions, loading, solving),
    onBatch: async part => received.receive(part),
  });
  solving().advance();
  solving().finish();
  return received.complete(rest);
}

async function* loadVersions(
  knex: Knex,
  versions: readonly VersionRecord[],
  loading: Progress,
  onLoaded: () => void,
): AsyncGenerator<SolveBatch, void, undefined> {
  for (const version of versions) {
    const key = versionKey(version);
    const defaultStreams = await readDefaultStreams(knex, version);
    yield { kind: 'version', key, defaultStreams };
    for await (const rows of loadSolverModules(knex, version)) {
      yield { kind: 'modules', key, rows };
    }
  }
  for (const version of versions) {
    for await (const rows of loadSolverPackages(knex, version)) {
      loading.advance(rows.length);
      yield { kind: 'packages', key: versionKey(version), rows };
    }
  }
  loading.finish();
  onLoaded();
}

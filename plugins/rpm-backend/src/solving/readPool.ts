import {
  openPool,
  PoolBuilder,
  type Cancellation,
  type OpenedRepository,
  type Pool,
} from '@rpmportal/rpm-solver';
import { toSolverPackage } from '../content-units/solverPackage';
import type { JobContext } from '../workers/types';
import { toSolverModule } from './solverModule';
import type { SolveBatch } from './jobTypes';

/** Lets the solver stop when a job's caller has given up. */
export function cancellationOf(
  context: Pick<JobContext<never, never>, 'checkCancelled'>,
): Required<Cancellation> {
  return {
    shouldCancel: () => {
      context.checkCancelled();
      return false;
    },
  };
}

interface Repository extends OpenedRepository {
  units: number[];
}

/** Makes a pool of what a job is fed with. */
export async function readPool(
  context: Pick<JobContext<SolveBatch, never>, 'batches' | 'checkCancelled'>,
): Promise<Pool> {
  const builder = new PoolBuilder(cancellationOf(context));
  const repositories = new Map<string, Repository>();

  for await (const batch of context.batches) {
    context.checkCancelled();
    const { key } = batch;
    if (batch.kind === 'version') {
      const { defaultStreams } = batch;
      repositories.set(key, { key, units: [], defaultStreams });
      continue;
    }
    const { units } = repositories.get(key)!;
    for (const row of batch.rows) units.push(row.unit_id);
    if (batch.kind === 'modules') {
      for (const row of batch.rows) builder.addModule(toSolverModule(row));
    } else {
      for (const row of batch.rows) builder.addPackage(toSolverPackage(row));
    }
  }
  return openPool(builder.build(), [...repositories.values()]);
}

import {
  PoolBuilder,
  type Cancellation,
  type Pool,
} from '@rpmportal/rpm-solver';
import { toSolverPackage } from '../content-units/solverPackage';
import type { JobContext } from '../workers/types';
import { ModuleArtifacts } from './ModuleArtifacts';
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

/** Makes a pool of what a job is fed with. */
export async function readPool(
  context: Pick<JobContext<SolveBatch, never>, 'batches' | 'checkCancelled'>,
): Promise<Pool> {
  const builder = new PoolBuilder(cancellationOf(context));
  const artifacts = new ModuleArtifacts();
  const modules: { key: string; unit: number }[] = [];
  const packages = new Set<number>();

  for await (const batch of context.batches) {
    context.checkCancelled();
    const { key } = batch;
    switch (batch.kind) {
      case 'version':
        builder.addRepository(key, batch.defaultStreams);
        break;
      case 'modules':
        for (const row of batch.rows) {
          artifacts.addModule(row);
          modules.push({ key, unit: row.unit_id });
        }
        break;
      default:
        for (const row of batch.rows) {
          if (packages.has(row.unit_id)) {
            builder.addKnown(key, row.unit_id);
          } else {
            packages.add(row.unit_id);
            artifacts.addPackage(row.unit_id, row);
            builder.addPackage(key, toSolverPackage(row));
          }
        }
    }
  }
  for (const { key, unit } of modules) {
    builder.addModule(key, artifacts.record(unit));
  }
  return builder.build();
}

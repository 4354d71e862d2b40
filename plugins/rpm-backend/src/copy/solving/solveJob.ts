import {
  planForMachines,
  PoolBuilder,
  type ClosurePlan,
} from '@rpmportal/rpm-solver';
import { toSolverPackage } from '../../content-units/solverPackage';
import type { JobContext } from '../../workers/types';
import { ModuleArtifacts } from './ModuleArtifacts';
import type { SolveBatch, SolveInput } from './types';

/** Plans which dependencies come along. Runs in a worker thread, and is pure. */
export async function solve(
  input: SolveInput,
  context: JobContext<SolveBatch, never>,
): Promise<ClosurePlan> {
  const cancellation = {
    shouldCancel: () => {
      context.checkCancelled();
      return false;
    },
  };
  const builder = new PoolBuilder(cancellation);
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
  return planForMachines(builder.build(), { ...input, ...cancellation });
}

import { planForMachines, PoolBuilder, type Pool } from '@rpmportal/rpm-solver';
import { toSolverPackage } from '../../content-units/solverPackage';
import type { JobContext } from '../../workers/types';
import { ModuleArtifacts } from './ModuleArtifacts';
import { shortenPlan, type SolvedClosure } from './shortenPlan';
import { takeApart, type SolvedPart } from './SolvedParts';
import type { SolveBatch, SolveInput } from './types';

/**
 * Plans which dependencies come along. Runs in a worker thread, and is pure.
 *
 * @returns the closure without what was emitted of it
 */
export async function solve(
  { keptMissing, ...request }: SolveInput,
  context: JobContext<SolveBatch, SolvedPart>,
): Promise<SolvedClosure> {
  const cancellation = {
    shouldCancel: () => {
      context.checkCancelled();
      return false;
    },
  };
  const pool = await readPool(context, new PoolBuilder(cancellation));
  const plan = planForMachines(pool, { ...request, ...cancellation });
  const parts = takeApart(shortenPlan(plan, keptMissing));
  let next = parts.next();
  for (; !next.done; next = parts.next()) await context.emit(next.value);
  return next.value;
}

async function readPool(
  context: JobContext<SolveBatch, SolvedPart>,
  builder: PoolBuilder,
): Promise<Pool> {
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

import { planForMachines } from '@rpmportal/rpm-solver';
import type { JobContext } from '../workers/types';
import type { SolveBatch } from './jobTypes';
import { cancellationOf, readPool } from './readPool';
import { shortenPlan, type SolvedClosure } from './shortenPlan';
import { takeApart, type SolvedPart } from './SolvedParts';
import type { SolveInput } from './types';

/**
 * Plans which dependencies come along. Runs in a worker thread, and is pure.
 *
 * @returns the closure without what was emitted of it
 */
export async function solve(
  { keptMissing, allowMissing, ...request }: SolveInput,
  context: JobContext<SolveBatch, SolvedPart>,
): Promise<SolvedClosure> {
  const pool = await readPool(context);
  const plan = planForMachines(pool, {
    ...request,
    ...cancellationOf(context),
  });
  const parts = takeApart(
    shortenPlan(plan, keptMissing, allowMissing),
  );
  let next = parts.next();
  for (; !next.done; next = parts.next()) await context.emit(next.value);
  return next.value;
}

import { planForMachines } from '@rpmportal/rpm-solver';
import type { JobContext } from '../workers/types';
import { cancellationOf } from './cancellationOf';
import type { SolveJobInput } from './jobTypes';
import { openedPool } from './openedPool';
import { shortenPlan, type SolvedClosure } from './shortenPlan';
import { takeApart, type SolvedPart } from './SolvedParts';

/**
 * Plans which dependencies come along. Runs in a worker thread, and is pure.
 *
 * @returns the closure without what was emitted of it
 */
export async function solve(
  { pool, request: { keptMissing, allowMissing, ...request } }: SolveJobInput,
  context: JobContext<never, SolvedPart>,
): Promise<SolvedClosure> {
  const plan = planForMachines(openedPool(pool), {
    ...request,
    ...cancellationOf(context),
  });
  const parts = takeApart(shortenPlan(plan, keptMissing, allowMissing));
  let next = parts.next();
  for (; !next.done; next = parts.next()) await context.emit(next.value);
  return next.value;
}

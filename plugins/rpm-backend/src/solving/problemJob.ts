import { writeProblem } from '@rpmportal/rpm-solver';
import type { JobContext } from '../workers/types';
import { cancellationOf } from './cancellationOf';
import type { ProblemJobInput } from './jobTypes';
import { openedPool } from './openedPool';

/** Characters that go together; takes a receiver a few milliseconds. */
const PART = 256 * 1024;

/** Writes down what a copy asks of the solver, as lines of JSON. Runs in a worker thread, and is pure. */
export async function writeProblemLines(
  { pool, request }: ProblemJobInput,
  context: JobContext<never, string>,
): Promise<void> {
  let part = '';
  for (const line of writeProblem(openedPool(pool), {
    ...request,
    ...cancellationOf(context),
  })) {
    part += `${line}\n`;
    if (part.length >= PART) {
      await context.emit(part);
      part = '';
    }
  }
  if (part) await context.emit(part);
}

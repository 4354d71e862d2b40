import type { Cancellation } from '@rpmportal/rpm-solver';
import type { JobContext } from '../workers/types';

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

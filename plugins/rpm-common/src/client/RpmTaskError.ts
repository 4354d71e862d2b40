import { CustomErrorBase } from '@backstage/errors';
import type { Task } from '../contract/tasks';

/** A task ended without doing what was asked. Its message is the task's own sentence. @public */
export class RpmTaskError extends CustomErrorBase {
  name = 'RpmTaskError' as const;
  /** The task in its final state. */
  readonly task: Task;

  constructor(task: Task) {
    super(describe(task));
    this.task = task;
  }
}

/** A cancelled task has a `reason`, a failed one a `description`. */
function describe(task: Task): string {
  const said = task.error?.description ?? task.error?.reason;
  return typeof said === 'string' && said
    ? said
    : `The task was ${task.state}.`;
}

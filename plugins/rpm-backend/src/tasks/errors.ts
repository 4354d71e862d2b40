import { CustomErrorBase } from '@backstage/errors';

/**
 * A failure that a task reports to its user. `code` is one of Pulp's (`PLP0022`, `RPM0016`, …);
 * the message is one sentence naming the file or unit and holds no secrets. It takes no cause, whose
 * message the base class would append to it.
 */
export class TaskError extends CustomErrorBase {
  readonly code: string;
  /** What the task's `error` says besides; JSON. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The task no longer belongs to the worker that runs it; nothing of it may be written. */
export class TaskLostError extends CustomErrorBase {}

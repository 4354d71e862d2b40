import type { TaskEnd } from '../database/operations/tasks';
import { TaskError } from './errors';
import type { TaskOutcome } from './types';

/** @param outcome - undefined when the task has committed it already */
export function completedEnd(outcome: TaskOutcome | undefined): TaskEnd {
  return {
    state: 'completed',
    changes: outcome && {
      result_json:
        outcome.result === undefined ? null : JSON.stringify(outcome.result),
      created_resources_json: JSON.stringify(outcome.createdResources ?? []),
    },
  };
}

/** Somebody asked for it. */
export function canceledEnd(): TaskEnd {
  return {
    state: 'canceled',
    changes: { error_json: JSON.stringify({ reason: 'Canceled.' }) },
  };
}

/** @param options - `stopped` when it failed because its worker was shut down */
export function failedEnd(
  error: unknown,
  options: { stopped: boolean },
): TaskEnd {
  return {
    state: 'failed',
    changes: {
      error_json: JSON.stringify(describeError(error, options.stopped)),
    },
  };
}

/** Only failures that are meant for users are told to them; the rest stands in the log. */
function describeError(
  error: unknown,
  stopped: boolean,
): Record<string, unknown> {
  if (error instanceof TaskError) {
    return {
      description: `[${error.code}] ${error.message}`,
      traceback: '',
      error_code: error.code,
      ...error.details,
    };
  }
  return {
    description: stopped
      ? 'The worker that ran this task was shut down.'
      : '[PLP0000] An internal error occurred.',
    traceback: '',
  };
}

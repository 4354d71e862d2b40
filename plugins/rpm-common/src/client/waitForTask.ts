import { taskRoutes, type Task, type TaskState } from '../contract/tasks';
import { RpmApiError } from './RpmApiError';
import type { RpmClient } from './RpmClient';
import { RpmTaskError } from './RpmTaskError';

const FINAL_STATES: readonly TaskState[] = [
  'completed',
  'failed',
  'canceled',
  'skipped',
];
const FIRST_PAUSE_MS = 125;
const LONGEST_PAUSE_MS = 1_000;
/** A server that restarts, or a connection that was lost, is waited for this many times in a row. */
const PATIENCE = 10;

/** How to wait for a task. @public */
export interface WaitForTaskOptions {
  /** Ends the waiting, not the task. */
  signal?: AbortSignal;
  /** Told the task each time that it was read, also at its end. */
  onProgress?: (task: Task) => void;
  /** The longest time between two looks, in milliseconds; 1000 when absent. */
  longestPauseMs?: number;
}

/**
 * Waits until a task is completed. Looks often at first, because most tasks are short, and then once
 * a second.
 *
 * @param href - of the task, as the 202 that started it says
 * @returns the completed task
 * @throws {@link RpmTaskError} when the task failed or was cancelled
 * @throws {@link RpmApiError} when the task cannot be read
 * @public
 */
export async function waitForTask(
  client: RpmClient,
  href: string,
  options: WaitForTaskOptions = {},
): Promise<Task> {
  const { signal, onProgress, longestPauseMs = LONGEST_PAUSE_MS } = options;
  let pause = Math.min(FIRST_PAUSE_MS, longestPauseMs);
  let failures = 0;
  for (;;) {
    const seen = await look(client, href, signal);
    if (seen instanceof Error) {
      failures += 1;
      if (failures > PATIENCE) throw seen;
    } else {
      failures = 0;
      onProgress?.(seen);
      if (seen.state === 'completed') return seen;
      if (FINAL_STATES.includes(seen.state)) throw new RpmTaskError(seen);
    }
    await sleep(pause, signal);
    pause = Math.min(pause * 2, longestPauseMs);
  }
}

/** The task, or the error for which asking again may help. */
async function look(
  client: RpmClient,
  href: string,
  signal: AbortSignal | undefined,
): Promise<Task | Error> {
  try {
    const { body } = await client.call(taskRoutes.read, { href, signal });
    return body;
  } catch (error) {
    if (isPassing(error, signal)) return error as Error;
    throw error;
  }
}

/** Whether the server may answer when asked again: it was not reached, or is not up. */
function isPassing(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted) return false;
  return error instanceof RpmApiError
    ? [429, 502, 503, 504].includes(error.status)
    : error instanceof TypeError;
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}

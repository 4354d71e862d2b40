import type { MessagePort } from 'worker_threads';

/**
 * What a job and its caller say to each other besides input and output. The thread asks, the caller
 * answers each request once; that answer is the acknowledgement that keeps memory bounded.
 */
export type Request =
  | { id: number; type: 'emit'; batch: unknown }
  | { id: number; type: 'pull' };

export type Answer = { id: number; result: IteratorResult<unknown, undefined> };

/** A job on its way into a thread. */
export interface JobOrder {
  name: string;
  input: unknown;
  port: MessagePort;
  /** One element; not zero when the caller has given up. Seen even by a loop that never awaits. */
  cancelled: Int32Array;
}

/** An error as it crosses threads: structured clones lose the name and the code. */
export interface ErrorReport {
  name: string;
  message: string;
  code: string | undefined;
  stack: string | undefined;
}

export type JobReply =
  | { ok: true; output: unknown }
  | { ok: false; error: ErrorReport };

/** What a cancelled run throws, on both sides. */
export function abortError(): Error {
  return Object.assign(new Error('The job was cancelled.'), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  });
}

export function reportError(thrown: unknown): ErrorReport {
  if (!(thrown instanceof Error)) {
    return {
      name: 'Error',
      message: String(thrown),
      code: undefined,
      stack: undefined,
    };
  }
  const { code } = thrown as { code?: unknown };
  return {
    name: thrown.name,
    message: thrown.message,
    code: typeof code === 'string' ? code : undefined,
    stack: thrown.stack,
  };
}

import type { TaskHandler } from './types';

/**
 * One handler for a task name that serves several kinds of things, as Pulp's names for updates and
 * deletions do. The input says under `kind` which it is.
 */
export function handleByKind(
  handlers: Readonly<Record<string, TaskHandler>>,
): TaskHandler {
  return async (context, input: { kind: string }) =>
    handlers[input.kind](context, input);
}

import { setImmediate } from 'timers/promises';

/**
 * Lets everything else that waits have its turn.
 *
 * @remarks
 * SQLite answers within the call, so a loop of awaited statements never returns to the event loop:
 * the whole backend stands still until it ends. Loops over chunks call this between them. It costs
 * microseconds, so PostgreSQL is not spared it.
 */
export async function pause(): Promise<void> {
  await setImmediate();
}

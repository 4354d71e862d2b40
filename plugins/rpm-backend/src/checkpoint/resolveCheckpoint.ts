import { DateTime } from 'luxon';
import { parseStamp, toStamp } from './stamps';

/** What a time stamp in a path leads to. */
export type CheckpointResolution =
  /** The checkpoint of this very second. */
  | { kind: 'exact'; stamp: string }
  /** The newest checkpoint at that time; another one may be by tomorrow. */
  | { kind: 'moving'; stamp: string }
  | { kind: 'none'; reason: string };

/**
 * Finds the checkpoint that stood at a point in time.
 *
 * @param text - the stamp as the client wrote it
 * @param stamps - of the repository's checkpoints: all, or at least the newest that is not later
 * than the requested one
 * @param now - the clock
 */
export function resolveCheckpoint(
  text: string,
  stamps: readonly string[],
  now: DateTime,
): CheckpointResolution {
  if (!parseStamp(text)) {
    return { kind: 'none', reason: `'${text}' is not a time stamp.` };
  }
  // Also when it lies ahead: of two checkpoints in one second the later one has the next.
  if (stamps.includes(text)) return { kind: 'exact', stamp: text };
  if (text > toStamp(now)) {
    return { kind: 'none', reason: `'${text}' is in the future.` };
  }
  let newest: string | undefined;
  for (const stamp of stamps) {
    if (stamp <= text && (!newest || stamp > newest)) newest = stamp;
  }
  return newest
    ? { kind: 'moving', stamp: newest }
    : { kind: 'none', reason: `There was no checkpoint yet at '${text}'.` };
}

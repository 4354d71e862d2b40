import { DateTime } from 'luxon';
import { toTimestamp } from '../database/time';

/** How long what nobody holds is kept, unless somebody says otherwise: a day. */
export const ORPHAN_PROTECTION_MINUTES = 24 * 60;

/**
 * The point in time before which nobody may have taken an interest in what counts as orphaned.
 *
 * @param minutes - −1 for as long as orphans are protected by default
 */
export function orphanedSince(minutes: number): string {
  const protection = minutes < 0 ? ORPHAN_PROTECTION_MINUTES : minutes;
  return toTimestamp(DateTime.utc().minus({ minutes: protection }));
}

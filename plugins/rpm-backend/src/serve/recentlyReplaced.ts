import type { DateTime } from 'luxon';
import { fromTimestamp } from '../database/time';
import type { PublicationRecord } from '../publish';

/** How long clients that have read a publication's metadata may take to fetch its packages. */
const GRACE_DAYS = 3;

/**
 * The publications that were served until recently, newest first.
 *
 * @param publications - in the order in which they take precedence; the first one is served now
 */
export function recentlyReplaced(
  publications: readonly PublicationRecord[],
  now: DateTime,
): PublicationRecord[] {
  const since = now.minus({ days: GRACE_DAYS });
  const recent: PublicationRecord[] = [];
  let replacedAt: DateTime | undefined;
  for (const publication of publications) {
    if (replacedAt && replacedAt < since) return recent;
    if (replacedAt) recent.push(publication);
    // A version may be published again later, so what takes precedence need not be younger.
    const createdAt = fromTimestamp(publication.createdAt);
    if (!replacedAt || createdAt < replacedAt) replacedAt = createdAt;
  }
  return recent;
}

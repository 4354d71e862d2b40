import { DateTime } from 'luxon';

/**
 * A point in time as it is stored and shown: ISO-8601 UTC with microseconds and fixed width, so
 * that text order is time order.
 */
export function toTimestamp(time: DateTime): string {
  return time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'000Z'");
}

/** The present. */
export function currentTimestamp(): string {
  return toTimestamp(DateTime.utc());
}

/** Reads what {@link toTimestamp} wrote. */
export function fromTimestamp(text: string): DateTime {
  return DateTime.fromISO(text, { zone: 'utc' });
}

import { DateTime } from 'luxon';

/** `20250130T203000Z`: fixed width, so that text order is time order. */
const FORMAT = "yyyyMMdd'T'HHmmss'Z'";
const FORM = /^\d{8}T\d{6}Z$/;

/** The stamp of a point in time: its second, in UTC. */
export function toStamp(time: DateTime): string {
  return time.toUTC().toFormat(FORMAT);
}

/** The second that a stamp names; undefined when it is malformed or no such second exists. */
export function parseStamp(text: string): DateTime | undefined {
  if (!FORM.test(text)) return undefined;
  const time = DateTime.fromFormat(text, FORMAT, { zone: 'utc' });
  // ISO 8601 knows an hour 24, which is the next day's first.
  return time.isValid && toStamp(time) === text ? time : undefined;
}

/**
 * The stamp for a checkpoint that is made now: its second, or the one after the newest checkpoint's.
 * A free second before that one would not do: it may have been given and taken away again, and
 * retention would take the new checkpoint for an old one.
 *
 * @param taken - the stamps of the repository from that second on, in any order
 */
export function nextStamp(now: DateTime, taken: Iterable<string>): string {
  const own = toStamp(now);
  const newest = [...taken].sort().pop();
  return newest === undefined || newest < own
    ? own
    : toStamp(parseStamp(newest)!.plus({ seconds: 1 }));
}

/**
 * The stamp for a publication of an earlier time that becomes a checkpoint: its second, or the next
 * that no other checkpoint of the repository has.
 *
 * @param taken - the stamps of the repository from that second on, in any order
 */
export function freeStamp(time: DateTime, taken: Iterable<string>): string {
  const others = new Set(taken);
  let second = time;
  while (others.has(toStamp(second))) second = second.plus({ seconds: 1 });
  return toStamp(second);
}

import { DateTime } from 'luxon';
import { toTimestamp } from '../database/time';
import type { PublicationRecord } from '../publish';
import { recentlyReplaced } from './recentlyReplaced';

const NOW = DateTime.fromISO('2026-06-10T12:00:00Z');

/** Publications made so many days ago, in the order in which they take precedence. */
const madeBefore = (...days: number[]) =>
  recentlyReplaced(
    days.map(
      age =>
        ({
          id: age,
          createdAt: toTimestamp(NOW.minus({ days: age })),
        } as PublicationRecord),
    ),
    NOW,
  ).map(({ id }) => id);

describe('recentlyReplaced', () => {
  it.each([
    ['nothing', [], []],
    ['not the one that is served', [1], []],
    ['one that was replaced a day ago, however old', [1, 100], [100]],
    ['none that was replaced long ago', [4, 100], []],
    ['all that were replaced within three days', [1, 2, 5, 100], [2, 5]],
    ['none that never took precedence lately', [5, 1, 2], []],
  ])('finds %s', (_, days, found) => {
    expect(madeBefore(...days)).toEqual(found);
  });
});

import type { RpmChangelog } from '@rpmportal/rpm-format';
import { cleanText, joinEntries, splitEntries, UNIT } from './text';

/** Packs changelogs into one text: entries of time, author and text. */
export function packChangelogs(changelogs: readonly RpmChangelog[]): string {
  return joinEntries(
    changelogs.map(({ time, author, text }) =>
      [time, cleanText(author), cleanText(text)].join(UNIT),
    ),
  );
}

/** Reads what {@link packChangelogs} wrote. */
export function unpackChangelogs(packed: string): RpmChangelog[] {
  return splitEntries(packed).map(entry => {
    const [time, author, text] = entry.split(UNIT);
    return { time: Number(time), author, text };
  });
}

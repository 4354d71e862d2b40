import type { RpmChangelog } from '../package/RpmPackage';
import type { HeaderBlob } from './HeaderBlob';
import { RpmHeaderError } from './RpmHeaderError';
import { RpmTag } from './tags';

/**
 * The newest `limit` entries of the changelog, the oldest of them first.
 *
 * @remarks
 * Entries of one day have one time. As createrepo_c does, each of them and what follows closer than
 * that is moved to a second after its predecessor, so that sorting by time keeps their order and an
 * uploaded package has the same changelog as a synced one.
 *
 * @throws RpmHeaderError when the lists of times, authors and texts differ in length
 */
export function readChangelogs(
  header: HeaderBlob,
  limit: number,
): RpmChangelog[] {
  const times = header.numbers(RpmTag.CHANGELOGTIME);
  const authors = header.texts(RpmTag.CHANGELOGNAME);
  const texts = header.texts(RpmTag.CHANGELOGTEXT);
  if (times.length !== authors.length || times.length !== texts.length) {
    throw new RpmHeaderError('its changelog is inconsistent');
  }
  const changelogs = texts
    .slice(0, limit)
    .map((text, i) => ({ author: authors[i].trimEnd(), time: times[i], text }))
    .reverse();

  let original = -Infinity;
  let moved = -Infinity;
  for (const entry of changelogs) {
    const inOrder = entry.time >= original;
    original = entry.time;
    if (inOrder && entry.time <= moved) {
      entry.time = moved + 1;
    }
    moved = entry.time;
  }
  return changelogs;
}

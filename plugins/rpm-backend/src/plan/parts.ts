import { promisify } from 'util';
import { gunzip, gzip } from 'zlib';
import { chunksOf } from '../database/chunks';
import type { PlanList, PlanPart, PlanSection } from './types';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Items of a piece: a page reads few pieces, and each takes a few milliseconds. */
const ITEMS = 1_000;

/**
 * Puts items of a list into pieces to be stored.
 *
 * @param section - what all of them have in common
 * @param complete - makes of an item what is stored of it, piece by piece: nobody else is served while
 * a whole list is made
 */
export async function packList<T>(
  list: PlanList,
  items: readonly T[],
  section: Partial<PlanSection> = {},
  complete: (item: T) => unknown = item => item,
): Promise<PlanPart[]> {
  const parts: PlanPart[] = [];
  for (const chunk of chunksOf(items, ITEMS)) {
    parts.push({
      list,
      section,
      count: chunk.length,
      content: await compress(JSON.stringify(chunk.map(complete))),
    });
  }
  return parts;
}

/** The items that {@link packList} put into a piece. */
export async function unpackPart<T>(
  part: Pick<PlanPart, 'content'>,
): Promise<T[]> {
  return JSON.parse((await decompress(part.content)).toString());
}

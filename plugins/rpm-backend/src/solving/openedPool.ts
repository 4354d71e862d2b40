import { openPool, type Pool } from '@rpmportal/rpm-solver';
import type { PoolInput } from './jobTypes';

/**
 * The pool that this thread opened last, with all it has found out since. Only one is kept: it keeps
 * the memory of its image.
 */
let opened: { key: string; pool: Pool } | undefined;

/** Opens a pool, unless it is the one that was opened before. */
export function openedPool({ imageId, bytes, repositories }: PoolInput): Pool {
  const key = [imageId, ...repositories.map(each => each.key)].join(' ');
  if (opened?.key !== key) {
    opened = undefined;
    opened = { key, pool: openPool({ bytes }, repositories) };
  }
  return opened.pool;
}

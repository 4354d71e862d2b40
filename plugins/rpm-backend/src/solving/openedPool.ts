import { openPool, type Pool, type PoolImage } from '@rpmportal/rpm-solver';
import type { PoolInput } from './jobTypes';

/**
 * The pool that this thread opened last. Only one is kept: it keeps the memory of its image.
 *
 * @remarks
 * Pools share what they find out about an image if it is the same object, and what comes from another
 * thread never is, though its bytes are the same memory.
 */
let opened:
  | { imageId: string; image: PoolImage; repositories: string; pool: Pool }
  | undefined;

/** Opens a pool, unless it is the one that was opened before. */
export function openedPool(input: PoolInput): Pool {
  const { imageId, bytes } = input;
  const repositories = input.repositories.map(({ key }) => key).join(' ');
  if (opened?.imageId !== imageId || opened.repositories !== repositories) {
    const image = opened?.imageId === imageId ? opened.image : { bytes };
    opened = undefined;
    const pool = openPool(image, input.repositories);
    opened = { imageId, image, repositories, pool };
  }
  return opened.pool;
}

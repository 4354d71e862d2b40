import type { Knex } from 'knex';
import { pause } from '../../pause';
import type { DbRepositoryContentRow, DbRepositoryRow } from '../../tables';
import { releaseHiddenRepositories } from '../distribution-trees/hiddenRepositories';

/** Rows deleted by one statement; keeps each SQLite call short. */
const WINDOW = 5_000;

/**
 * Deletes a repository with its versions, its publications and the hidden repositories of its trees;
 * distributions of it stay and serve nothing. Other units stay: what no repository holds any more is
 * for orphan cleanup.
 */
export async function deleteRepository(
  trx: Knex.Transaction,
  id: number,
): Promise<void> {
  const content = () =>
    trx<DbRepositoryContentRow>('repository_content').where({
      repository_id: id,
    });
  for (;;) {
    const bound = await content()
      .select('unit_id')
      .orderBy('unit_id')
      .offset(WINDOW)
      .first();
    if (!bound) break;
    await content().where('unit_id', '<', bound.unit_id).delete();
    await pause();
  }
  for (const hidden of await releaseHiddenRepositories(trx, id)) {
    await deleteRepository(trx, hidden);
  }
  await trx<DbRepositoryRow>('repository').where({ id }).delete();
}

import type { Knex } from 'knex';
import type { LastSync } from '../../../sync/lastSync';
import type { DbRepositoryRow } from '../../tables';

/** What the last successful sync of a repository saw, or undefined. */
export async function readLastSync(
  knex: Knex,
  repositoryId: number,
): Promise<LastSync | undefined> {
  const row = await knex<DbRepositoryRow>('repository')
    .select('last_sync_json')
    .where({ id: repositoryId })
    .first();
  return row?.last_sync_json ? JSON.parse(row.last_sync_json) : undefined;
}

export async function writeLastSync(
  knex: Knex,
  repositoryId: number,
  last: LastSync,
): Promise<void> {
  await knex<DbRepositoryRow>('repository')
    .where({ id: repositoryId })
    .update({ last_sync_json: JSON.stringify(last) });
}

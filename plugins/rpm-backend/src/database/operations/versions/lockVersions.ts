import type { Knex } from 'knex';
import type { DbRepositoryVersionRow } from '../../tables';

/**
 * Keeps versions from being deleted until the transaction ends.
 *
 * @returns false when one of them is deleted already
 */
export async function lockVersions(
  trx: Knex.Transaction,
  ids: readonly number[],
): Promise<boolean> {
  const wanted = new Set(ids);
  const rows = await trx<DbRepositoryVersionRow>('repository_version')
    .select('id')
    .whereIn('id', [...wanted])
    .forShare();
  return rows.length === wanted.size;
}

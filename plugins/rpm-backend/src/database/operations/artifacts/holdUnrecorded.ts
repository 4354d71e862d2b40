import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { DbArtifactRow } from '../../tables';
import { currentTimestamp } from '../../time';

/**
 * Keeps the places of records that do not exist: until the transaction ends, nobody else can record
 * a file of these digests. The transaction must be rolled back.
 *
 * @param digests - SHA-256, a few hundred at most
 * @returns those that have no record
 */
export async function holdUnrecorded(
  trx: Knex.Transaction,
  digests: readonly string[],
): Promise<string[]> {
  const rows = await trx<DbArtifactRow>('artifact')
    .insert(
      // Everybody takes places in one order, so that nobody waits for each other in a circle.
      [...new Set(digests)].sort().map(sha256 => ({
        uuid: uuidv7(),
        sha256,
        size: 0,
        sha224: '',
        sha384: '',
        sha512: '',
        created_at: currentTimestamp(),
      })),
    )
    .onConflict('sha256')
    .ignore()
    .returning('sha256');
  return rows.map(({ sha256 }) => sha256);
}

/** Which of the digests have a record. */
export async function listRecorded(
  knex: Knex,
  digests: readonly string[],
): Promise<Set<string>> {
  const rows = await knex<DbArtifactRow>('artifact')
    .select('sha256')
    .whereIn('sha256', digests);
  return new Set(rows.map(({ sha256 }) => sha256));
}

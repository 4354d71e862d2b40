import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { Artifact } from '../../../storage/types';
import type { DbArtifactRow } from '../../tables';
import { currentTimestamp } from '../../time';
import { toArtifact } from './artifactRows';

/**
 * Records a stored file, or finds its record; the digest decides which files are the same.
 *
 * @remarks
 * Until the transaction ends, nobody else records, finds or removes a file of this digest.
 */
export async function saveArtifact(
  trx: Knex.Transaction,
  facts: Omit<Artifact, 'id' | 'uuid' | 'createdAt'>,
): Promise<Artifact> {
  const now = currentTimestamp();
  const [row] = await trx<DbArtifactRow>('artifact')
    .insert({
      ...facts,
      md5: facts.md5 ?? null,
      sha1: facts.sha1 ?? null,
      uuid: uuidv7(),
      created_at: now,
    })
    .onConflict('sha256')
    .merge({ touched_at: now })
    .returning('*');
  return toArtifact(row);
}

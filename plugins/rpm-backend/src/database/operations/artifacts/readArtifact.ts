import type { Knex } from 'knex';
import type { Artifact } from '../../../storage/types';
import type { DbArtifactRow } from '../../tables';
import { toArtifact } from './artifactRows';

/** The artifact with this id, UUID or digest, or undefined. */
export async function readArtifact(
  knex: Knex,
  key: { id: number } | { uuid: string } | { sha256: string },
): Promise<Artifact | undefined> {
  const row = await knex<DbArtifactRow>('artifact').where(key).first();
  return row && toArtifact(row);
}

/** The artifact, unless somebody has asked for it since it was stored. */
export async function readUntouchedArtifact(
  knex: Knex,
  id: number,
): Promise<Artifact | undefined> {
  const row = await knex<DbArtifactRow>('artifact')
    .where({ id })
    .whereNull('touched_at')
    .first();
  return row && toArtifact(row);
}

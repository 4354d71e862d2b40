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

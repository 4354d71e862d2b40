import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { Artifact } from '../../../storage/types';
import type { DbArtifactRow } from '../../tables';
import { currentTimestamp } from '../../time';
import { readArtifact } from './readArtifact';

/** Records a stored file, or finds its record; the digest decides which files are the same. */
export async function saveArtifact(
  knex: Knex,
  facts: Omit<Artifact, 'id' | 'uuid' | 'createdAt'>,
): Promise<Artifact> {
  const { sha256 } = facts;
  const known = await readArtifact(knex, { sha256 });
  if (known) return known;
  await knex<DbArtifactRow>('artifact')
    .insert({
      ...facts,
      md5: facts.md5 ?? null,
      sha1: facts.sha1 ?? null,
      uuid: uuidv7(),
      created_at: currentTimestamp(),
    })
    .onConflict('sha256')
    .ignore();
  const saved = await readArtifact(knex, { sha256 });
  if (!saved) throw new Error(`Artifact ${sha256} was deleted meanwhile.`);
  return saved;
}

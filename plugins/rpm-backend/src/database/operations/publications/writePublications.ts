import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { PublicationRecord } from '../../../publish/types';
import { chunksOf } from '../../chunks';
import type { DbPublicationFileRow, DbPublicationRow } from '../../tables';
import { currentTimestamp } from '../../time';

/** What a new publication's row says; it is complete from the first moment. */
export type NewPublication = Pick<
  PublicationRecord,
  | 'createdAt'
  | 'repositoryId'
  | 'checkpointStamp'
  | 'checksumType'
  | 'compressionType'
  | 'layout'
  | 'repoConfig'
  | 'createdBy'
> & { versionId: number };

/** A metadata file of a publication. */
export interface NewPublicationFile {
  /** Relative to the publication's root. */
  path: string;
  artifactId: number;
}

/**
 * Makes a publication and its files visible.
 *
 * @returns the publication's internal id
 * @throws the database's conflict error when the repository has another checkpoint of this stamp
 */
export async function insertPublication(
  trx: Knex.Transaction,
  publication: NewPublication,
  files: readonly NewPublicationFile[],
): Promise<number> {
  const [{ id }] = await trx<DbPublicationRow>('publication')
    .insert({
      uuid: uuidv7(),
      created_at: publication.createdAt,
      updated_at: publication.createdAt,
      repository_id: publication.repositoryId,
      version_id: publication.versionId,
      complete: true,
      checkpoint: publication.checkpointStamp !== undefined,
      checkpoint_stamp: publication.checkpointStamp ?? null,
      checksum_type: publication.checksumType,
      compression_type: publication.compressionType,
      layout: publication.layout,
      repo_config_json: JSON.stringify(publication.repoConfig),
      created_by: publication.createdBy ?? null,
    })
    .returning('id');
  for (const chunk of chunksOf(files)) {
    await trx<DbPublicationFileRow>('publication_file').insert(
      chunk.map(({ path, artifactId }) => ({
        publication_id: id,
        path,
        artifact_id: artifactId,
      })),
    );
  }
  return id;
}

/** Deletes a publication; distributions that point at it then serve nothing. */
export async function deletePublication(knex: Knex, id: number): Promise<void> {
  await knex<DbPublicationRow>('publication').where({ id }).delete();
}

/** The stamps that a repository has given from a second on. */
export async function listTakenStamps(
  knex: Knex,
  repositoryId: number,
  from: string,
): Promise<string[]> {
  const rows = await knex<DbPublicationRow>('publication')
    .where({ repository_id: repositoryId })
    .where('checkpoint_stamp', '>=', from)
    .select('checkpoint_stamp');
  return rows.flatMap(row => row.checkpoint_stamp ?? []);
}

/**
 * Lets a publication be served under a stamp.
 *
 * @throws the database's conflict error when the repository has another checkpoint of this stamp
 */
export async function markCheckpoint(
  trx: Knex.Transaction,
  id: number,
  stamp: string,
): Promise<void> {
  await trx<DbPublicationRow>('publication').where({ id }).update({
    checkpoint: true,
    checkpoint_stamp: stamp,
    updated_at: currentTimestamp(),
  });
}

/** Lets publications of a repository be ordinary ones again. */
export async function unmarkCheckpoints(
  trx: Knex.Transaction,
  repositoryId: number,
  stamps: readonly string[],
): Promise<void> {
  for (const chunk of chunksOf(stamps)) {
    await trx<DbPublicationRow>('publication')
      .where({ repository_id: repositoryId })
      .whereIn('checkpoint_stamp', chunk)
      .update({
        checkpoint: false,
        checkpoint_stamp: null,
        updated_at: currentTimestamp(),
      });
  }
}

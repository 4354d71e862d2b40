import type { Knex } from 'knex';
import type { DbArtifactRow, DbPublicationFileRow } from '../../tables';

/** A metadata file of a publication and its stored bytes. */
export interface PublicationFile {
  /** Relative to the publication's root. */
  path: string;
  /** Hex. */
  sha256: string;
  /** Bytes. */
  size: number;
}

function joinArtifacts(
  knex: Knex,
  publicationId: number,
): Knex.QueryBuilder<DbPublicationFileRow & DbArtifactRow> {
  return knex('publication_file')
    .join('artifact', 'artifact.id', 'publication_file.artifact_id')
    .where('publication_file.publication_id', publicationId);
}

const COLUMNS = ['publication_file.path', 'artifact.sha256', 'artifact.size'];

function toPublicationFile(row: PublicationFile): PublicationFile {
  // PostgreSQL gives big integers as text.
  return { ...row, size: Number(row.size) };
}

/** The metadata files of a publication, by path. */
export async function listPublicationFiles(
  knex: Knex,
  publicationId: number,
): Promise<PublicationFile[]> {
  const rows: PublicationFile[] = await joinArtifacts(knex, publicationId)
    .select(COLUMNS)
    .orderBy('publication_file.path');
  return rows.map(toPublicationFile);
}

/** The metadata file of a publication at a path, or undefined. */
export async function readPublicationFile(
  knex: Knex,
  publicationId: number,
  path: string,
): Promise<PublicationFile | undefined> {
  const row: PublicationFile | undefined = await joinArtifacts(
    knex,
    publicationId,
  )
    .where('publication_file.path', path)
    .select(COLUMNS)
    .first();
  return row && toPublicationFile(row);
}

import type { Knex } from 'knex';
import type { ChecksumType } from '../../../storage/types';
import { chunksOf } from '../../chunks';
import type {
  DbArtifactRow,
  DbDistributionTreeFileRow,
  DbDistributionTreeSourceRow,
} from '../../tables';
import type { RemoteSource } from '../published-content';

/** Rows a statement writes. */
const CHUNK = 200;

/** A file of a tree. */
export interface StoredTreeFile {
  path: string;
  checksum: { type: ChecksumType; value: string } | undefined;
  /** Undefined while the file is not stored. */
  stored: { sha256: string; size: number } | undefined;
}

function joinArtifacts(knex: Knex, unitId: number): Knex.QueryBuilder {
  return knex('rpm_distribution_tree_file as file')
    .leftJoin('artifact', 'artifact.id', 'file.artifact_id')
    .select(
      'file.path',
      'file.checksum_type',
      'file.checksum',
      'artifact.sha256',
      'artifact.size',
    )
    .where('file.unit_id', unitId);
}

type JoinedRow = DbDistributionTreeFileRow &
  Partial<Pick<DbArtifactRow, 'sha256' | 'size'>>;

function toTreeFile(row: JoinedRow): StoredTreeFile {
  return {
    path: row.path,
    checksum: row.checksum_type
      ? { type: row.checksum_type as ChecksumType, value: row.checksum! }
      : undefined,
    stored: row.sha256
      ? // PostgreSQL gives big integers as text.
        { sha256: row.sha256, size: Number(row.size) }
      : undefined,
  };
}

/** The files of a tree, by path. */
export async function listTreeFiles(
  knex: Knex,
  unitId: number,
): Promise<StoredTreeFile[]> {
  const rows: JoinedRow[] = await joinArtifacts(knex, unitId).orderBy(
    'file.path',
  );
  return rows.map(toTreeFile);
}

/** The file of a tree at a path, or undefined. */
export async function readTreeFile(
  knex: Knex,
  unitId: number,
  path: string,
): Promise<StoredTreeFile | undefined> {
  const row: JoinedRow | undefined = await joinArtifacts(knex, unitId)
    .where('file.path', path)
    .first();
  return row && toTreeFile(row);
}

/** Says which stored file one of a tree's is; one that is stored stays, for it is the same. */
export async function attachTreeFile(
  knex: Knex,
  unitId: number,
  path: string,
  artifactId: number,
): Promise<void> {
  await knex<DbDistributionTreeFileRow>('rpm_distribution_tree_file')
    .where({ unit_id: unitId, path })
    .whereNull('artifact_id')
    .update({ artifact_id: artifactId });
}

/** Records where the files of a tree can be fetched; the address recorded last counts. */
export async function recordTreeSources(
  knex: Knex,
  rows: readonly DbDistributionTreeSourceRow[],
): Promise<void> {
  for (const chunk of chunksOf(rows, CHUNK)) {
    await knex<DbDistributionTreeSourceRow>('rpm_distribution_tree_source')
      .insert(chunk)
      .onConflict(['unit_id', 'path', 'remote_id'])
      .merge();
  }
}

/** Where a file of a tree can be fetched from, the remote that was added last first. */
export async function listTreeSources(
  knex: Knex,
  unitId: number,
  path: string,
): Promise<RemoteSource[]> {
  const rows = await knex<DbDistributionTreeSourceRow>(
    'rpm_distribution_tree_source',
  )
    .select('remote_id', 'url')
    .where({ unit_id: unitId, path })
    .orderBy('remote_id', 'desc');
  return rows.map(row => ({ remoteId: row.remote_id, url: row.url }));
}

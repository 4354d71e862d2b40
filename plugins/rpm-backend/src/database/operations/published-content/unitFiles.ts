import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';
import type {
  DbArtifactRow,
  DbRemoteArtifactRow,
  DbRepoMetadataFileRow,
} from '../../tables';

/** The digests that metadata may give of a package. */
type PublishedDigest = 'sha256' | 'sha384' | 'sha512';

/** The stored bytes of a unit. */
export type StoredFile = Pick<DbArtifactRow, 'id' | 'size' | PublishedDigest>;

const COLUMNS = [
  'artifact.id',
  'artifact.size',
  'artifact.sha256',
  'artifact.sha384',
  'artifact.sha512',
];

function toStoredFile<T extends StoredFile>(row: T): T {
  // PostgreSQL gives big integers as text.
  return { ...row, size: Number(row.size) };
}

/** Digests of the stored files of units, by unit id; units without a stored file are left out. */
export async function readDigests(
  knex: Knex,
  unitIds: readonly number[],
  type: PublishedDigest,
): Promise<Map<number, string>> {
  const digests = new Map<number, string>();
  for (const chunk of chunksOf(unitIds)) {
    const rows: { unit_id: number; digest: string }[] = await knex(
      'unit_artifact',
    )
      .join('artifact', 'artifact.id', 'unit_artifact.artifact_id')
      .select('unit_artifact.unit_id', { digest: `artifact.${type}` })
      .whereIn('unit_artifact.unit_id', chunk);
    for (const row of rows) digests.set(row.unit_id, row.digest);
    await pause();
  }
  return digests;
}

/** The stored file of a unit; undefined when it has none yet. */
export async function readStoredFile(
  knex: Knex,
  unitId: number,
): Promise<StoredFile | undefined> {
  const row: StoredFile | undefined = await knex('unit_artifact')
    .join('artifact', 'artifact.id', 'unit_artifact.artifact_id')
    .select(COLUMNS)
    .where('unit_artifact.unit_id', unitId)
    .first();
  return row && toStoredFile(row);
}

/** A metadata file that a version keeps as it came, and its bytes. */
export interface KeptMetadataFile {
  dataType: string;
  relativePath: string;
  /** Undefined when its bytes have not been stored. */
  stored: StoredFile | undefined;
}

/** The metadata files of a version, by type; there are few. */
export async function listMetadataFiles(
  knex: Knex,
  content: VersionContent,
): Promise<KeptMetadataFile[]> {
  const query = knex('repository_content')
    .join('rpm_repo_metadata_file as file', {
      'file.unit_id': 'repository_content.unit_id',
    })
    .leftJoin('unit_artifact', 'unit_artifact.unit_id', 'file.unit_id')
    .leftJoin('artifact', 'artifact.id', 'unit_artifact.artifact_id')
    .select('file.data_type', 'file.relative_path', ...COLUMNS)
    .orderBy('file.data_type');
  const rows: (StoredFile & DbRepoMetadataFileRow)[] = await whereInVersion(
    query,
    content,
  );
  return rows.map(({ data_type: dataType, relative_path, ...row }) => ({
    dataType,
    relativePath: relative_path,
    stored: row.id === null ? undefined : toStoredFile(row),
  }));
}

/** Where a unit's file can be fetched from. */
export interface RemoteSource {
  remoteId: number;
  url: string;
}

/** The places that a unit's file can be fetched from, the remote that was added last first. */
export async function listRemoteSources(
  knex: Knex,
  unitId: number,
): Promise<RemoteSource[]> {
  const rows = await knex<DbRemoteArtifactRow>('remote_artifact')
    .select('remote_id', 'url')
    .where({ unit_id: unitId })
    .orderBy('remote_id', 'desc');
  return rows.map(row => ({ remoteId: row.remote_id, url: row.url }));
}

import type { Knex } from 'knex';
import type { ChecksumType } from '../../../storage/types';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type {
  DbArtifactRow,
  DbRemoteArtifactRow,
  DbUnitArtifactRow,
} from '../../tables';
import { touchArtifacts } from '../artifacts';

/** A unit's file that is not stored yet, and where it is. */
export interface MissingFile {
  unitId: number;
  url: string;
  /** Bytes, where it is known. */
  size: number | undefined;
  checksum: { type: ChecksumType; value: string };
  /** A stored file of these bytes that the unit only has to be given. */
  artifactId: number | undefined;
}

/** Those of the units whose file is not stored, in the order given. */
export async function listUnitsWithoutFile(
  knex: Knex,
  unitIds: readonly number[],
): Promise<number[]> {
  const missing: number[] = [];
  for (const chunk of chunksOf(unitIds)) {
    const rows = await knex<DbUnitArtifactRow>('unit_artifact')
      .select('unit_id')
      .whereIn('unit_id', chunk);
    const stored = new Set(rows.map(row => row.unit_id));
    for (const id of chunk) if (!stored.has(id)) missing.push(id);
    await pause();
  }
  return missing;
}

/**
 * Where a remote has the files of units; to be asked for a few hundred units at a time.
 *
 * @remarks
 * Whoever knows the digest of a file could announce it. So a stored file is only given to a unit
 * when the repository has it already, in any version; else the remote has to serve it.
 */
export async function readMissingFiles(
  knex: Knex,
  wanted: {
    remoteId: number;
    /** The repository that the units are for. */
    repositoryId: number;
    unitIds: readonly number[];
  },
): Promise<MissingFile[]> {
  const rows = await knex<DbRemoteArtifactRow>('remote_artifact')
    .where({ remote_id: wanted.remoteId })
    .whereIn('unit_id', wanted.unitIds);
  const artifacts = await findArtifacts(knex, rows, wanted.repositoryId);
  return rows.map(row => {
    const size = row.size === null ? undefined : Number(row.size);
    const artifact = artifacts.get(row.checksum);
    const isSame = size === undefined || size === artifact?.size;
    return {
      unitId: row.unit_id,
      url: row.url,
      size,
      checksum: {
        type: row.checksum_type as ChecksumType,
        value: row.checksum,
      },
      artifactId: isSame ? artifact?.id : undefined,
    };
  });
}

/**
 * Only by SHA-256, the digest that is indexed and nearly every repository uses. Those that are found
 * are safe from the clean-up of orphans until they are attached.
 */
async function findArtifacts(
  knex: Knex,
  rows: readonly DbRemoteArtifactRow[],
  repositoryId: number,
): Promise<Map<string, { id: number; size: number }>> {
  const digests = rows
    .filter(row => row.checksum_type === 'sha256')
    .map(row => row.checksum);
  const found: Pick<DbArtifactRow, 'id' | 'sha256' | 'size'>[] = await knex(
    'artifact',
  )
    .select('id', 'sha256', 'size')
    .whereIn('sha256', digests)
    .whereExists(
      knex('unit_artifact as stored')
        .join('repository_content as held', 'held.unit_id', 'stored.unit_id')
        .select(knex.raw('1'))
        .whereRaw('stored.artifact_id = artifact.id')
        .where('held.repository_id', repositoryId),
    );
  const kept = await touchArtifacts(
    knex,
    found.map(row => row.id),
  );
  return new Map(
    found
      .filter(row => kept.has(row.id))
      // PostgreSQL gives big integers as text.
      .map(row => [row.sha256, { id: row.id, size: Number(row.size) }]),
  );
}

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

/** Where a remote has the files of units; to be asked for a few hundred units at a time. */
export async function readMissingFiles(
  knex: Knex,
  remoteId: number,
  unitIds: readonly number[],
): Promise<MissingFile[]> {
  const rows = await knex<DbRemoteArtifactRow>('remote_artifact')
    .where({ remote_id: remoteId })
    .whereIn('unit_id', unitIds);
  const artifacts = await findArtifacts(knex, rows);
  return rows.map(row => ({
    unitId: row.unit_id,
    url: row.url,
    size: row.size === null ? undefined : Number(row.size),
    checksum: {
      type: row.checksum_type as ChecksumType,
      value: row.checksum,
    },
    artifactId: artifacts.get(row.checksum),
  }));
}

/**
 * Only by SHA-256, the digest that is indexed and nearly every repository uses. Those that are found
 * are safe from the clean-up of orphans until they are attached.
 */
async function findArtifacts(
  knex: Knex,
  rows: readonly DbRemoteArtifactRow[],
): Promise<Map<string, number>> {
  const found = await knex<DbArtifactRow>('artifact')
    .select('id', 'sha256')
    .whereIn(
      'sha256',
      rows
        .filter(row => row.checksum_type === 'sha256')
        .map(row => row.checksum),
    );
  const kept = await touchArtifacts(
    knex,
    found.map(row => row.id),
  );
  return new Map(
    found.filter(row => kept.has(row.id)).map(row => [row.sha256, row.id]),
  );
}

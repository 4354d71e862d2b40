import type { Artifact } from '../../../storage/types';
import type { DbArtifactRow } from '../../tables';

export function toArtifact(row: DbArtifactRow): Artifact {
  const { created_at: createdAt, touched_at: _, ...facts } = row;
  return {
    ...facts,
    // PostgreSQL's driver gives 64-bit integers as text.
    size: Number(row.size),
    md5: row.md5 ?? undefined,
    sha1: row.sha1 ?? undefined,
    createdAt,
  };
}

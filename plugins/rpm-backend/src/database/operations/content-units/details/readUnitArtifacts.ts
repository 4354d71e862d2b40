import type { Knex } from 'knex';
import type { UnitRecord } from '../../../../content-units/types';
import type { Artifact } from '../../../../storage/types';
import { chunksOf } from '../../../chunks';
import type { DbArtifactRow, DbUnitArtifactRow } from '../../../tables';
import { toArtifact } from '../../artifacts/artifactRows';
import { wantsAny, type DetailScope } from './DetailScope';

const FIELDS = [
  'artifact',
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
];

/** The stored files of units by unit id; none when nobody wants to know. */
export async function readUnitArtifacts(
  knex: Knex,
  units: readonly UnitRecord[],
  scope: DetailScope,
): Promise<Map<number, Artifact>> {
  const artifacts = new Map<number, Artifact>();
  if (!wantsAny(scope, FIELDS)) return artifacts;
  for (const chunk of chunksOf(units)) {
    const rows: (DbArtifactRow & Pick<DbUnitArtifactRow, 'unit_id'>)[] =
      await knex('unit_artifact')
        .join('artifact', 'artifact.id', 'unit_artifact.artifact_id')
        .select('artifact.*', 'unit_artifact.unit_id')
        .whereIn(
          'unit_artifact.unit_id',
          chunk.map(({ id }) => id),
        );
    for (const { unit_id: unitId, ...row } of rows) {
      artifacts.set(unitId, toArtifact(row));
    }
  }
  return artifacts;
}

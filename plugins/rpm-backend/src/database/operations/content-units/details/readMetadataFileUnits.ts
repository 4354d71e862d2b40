import type { Knex } from 'knex';
import type {
  MetadataFileUnit,
  UnitRecord,
} from '../../../../content-units/types';
import type { DbRepoMetadataFileRow } from '../../../tables';
import type { DetailScope } from './DetailScope';
import { readRows, withRows } from './readRows';
import { readUnitArtifacts } from './readUnitArtifacts';

export async function readMetadataFileUnits(
  knex: Knex,
  units: readonly UnitRecord[],
  scope: DetailScope,
): Promise<MetadataFileUnit[]> {
  const rows = await readRows<DbRepoMetadataFileRow>(
    knex,
    'rpm_repo_metadata_file',
    units,
  );
  const artifacts = await readUnitArtifacts(knex, units, scope);
  return withRows(units, rows, (unit, row) => ({
    ...unit,
    file: {
      dataType: row.data_type,
      relativePath: row.relative_path,
      checksumType: row.checksum_type,
      checksum: row.checksum,
    },
    artifact: artifacts.get(unit.id),
  }));
}

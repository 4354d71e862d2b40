import { parseTreeinfo } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import type {
  DistributionTreeUnit,
  TreeFile,
  TreeRepository,
  UnitRecord,
} from '../../../../content-units/types';
import { chunksOf } from '../../../chunks';
import type { DbDistributionTreeRow } from '../../../tables';
import { readRows, withRows } from './readRows';

export async function readDistributionTreeUnits(
  knex: Knex,
  units: readonly UnitRecord[],
): Promise<DistributionTreeUnit[]> {
  const rows = await readRows<DbDistributionTreeRow>(
    knex,
    'rpm_distribution_tree',
    units,
  );
  const ids = units.map(({ id }) => id);
  const files = await readFiles(knex, ids);
  const repositories = await readRepositories(knex, ids);
  return withRows(units, rows, (unit, row) => ({
    ...unit,
    treeinfo: parseTreeinfo(row.treeinfo),
    files: files.get(unit.id) ?? [],
    repositories: repositories.get(unit.id) ?? [],
  }));
}

function groupByUnit<T>(
  rows: readonly (T & { unitId: number })[],
  groups: Map<number, T[]>,
): void {
  for (const row of rows) {
    const group = groups.get(row.unitId);
    if (group) group.push(row);
    else groups.set(row.unitId, [row]);
  }
}

async function readFiles(
  knex: Knex,
  unitIds: readonly number[],
): Promise<Map<number, TreeFile[]>> {
  const files = new Map<number, TreeFile[]>();
  for (const chunk of chunksOf(unitIds)) {
    const rows = await knex('rpm_distribution_tree_file as file')
      .join('artifact', 'artifact.id', 'file.artifact_id')
      .select({
        unitId: 'file.unit_id',
        path: 'file.path',
        artifactUuid: 'artifact.uuid',
      })
      .whereIn('file.unit_id', chunk);
    groupByUnit(rows, files);
  }
  return files;
}

async function readRepositories(
  knex: Knex,
  unitIds: readonly number[],
): Promise<Map<number, TreeRepository[]>> {
  const repositories = new Map<number, TreeRepository[]>();
  for (const chunk of chunksOf(unitIds)) {
    const rows = await knex('rpm_distribution_tree_repository as part')
      .join('repository_version as version', 'version.id', 'part.version_id')
      .join('repository', 'repository.id', 'version.repository_id')
      .select({
        unitId: 'part.unit_id',
        path: 'part.path',
        repositoryUuid: 'repository.uuid',
        number: 'version.number',
      })
      .whereIn('part.unit_id', chunk)
      .orderBy('part.path');
    groupByUnit(rows, repositories);
  }
  return repositories;
}

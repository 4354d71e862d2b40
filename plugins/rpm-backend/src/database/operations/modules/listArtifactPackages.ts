import type { Knex } from 'knex';
import type { AvailableArtifact } from '../../../modulemd-map/modules/types';
import { chunksOf } from '../../chunks';
import { whereAmong } from '../../idSets';
import { pause } from '../../pause';
import type { DbModulemdArtifactMapRow } from '../../tables';
import { listInScope, type ContentScope } from './contentScope';

/** Modules of which the packages are looked up at a time; most have some dozens. */
const MODULES = 50;

type ArtifactPackage = Omit<AvailableArtifact, 'modulemdId'>;

/** The packages in scope that are artifacts of modules: by module, the oldest unit first. */
export async function listArtifactPackages(
  knex: Knex,
  modulemdIds: readonly number[],
  scope: ContentScope,
): Promise<AvailableArtifact[]> {
  const found: AvailableArtifact[] = [];
  for (const chunk of chunksOf(modulemdIds, MODULES)) {
    const rows = await knex<DbModulemdArtifactMapRow>('modulemd_artifact_map')
      .select('modulemd_id', 'artifact_id')
      .whereIn('modulemd_id', chunk)
      .orderBy(['modulemd_id', 'artifact_id']);
    const ids = [...new Set(rows.map(row => row.artifact_id))];
    const inScope = await listInScope(knex, ids, scope);
    const packages = await readPackages(knex, [...inScope]);
    for (const row of rows) {
      const artifact = packages.get(row.artifact_id);
      if (artifact) found.push({ ...artifact, modulemdId: row.modulemd_id });
    }
    await pause();
  }
  return found;
}

async function readPackages(
  knex: Knex,
  ids: readonly number[],
): Promise<Map<number, ArtifactPackage>> {
  const packages = new Map<number, ArtifactPackage>();
  for (const chunk of chunksOf(ids)) {
    const query = knex('rpm_package as package')
      .join('unit', 'unit.id', 'package.unit_id')
      .select(
        'unit.id',
        'unit.uuid',
        'package.name',
        'package.epoch',
        'package.version',
        'package.release',
        'package.arch',
        'package.evr_key as evrKey',
      );
    whereAmong(knex, query, 'package.unit_id', chunk);
    const rows: ({ id: number } & ArtifactPackage)[] = await query;
    for (const { id, ...artifact } of rows) packages.set(id, artifact);
    await pause();
  }
  return packages;
}

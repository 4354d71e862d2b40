import type { Knex } from 'knex';
import type { AvailableArtifact } from '../../../modulemd-map/modules/types';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import { whereInContentScope, type ContentScope } from './contentScope';

/** Modules of which the packages are looked up at a time; some have a thousand. */
const CHUNK = 20;

/** The packages in scope that are artifacts of modules and have one of the names. */
export async function listArtifactPackages(
  knex: Knex,
  modulemdIds: readonly number[],
  names: ReadonlySet<string>,
  scope: ContentScope,
): Promise<AvailableArtifact[]> {
  const found: AvailableArtifact[] = [];
  for (const chunk of chunksOf(modulemdIds, CHUNK)) {
    const query = knex('modulemd_artifact_map as map')
      .join('rpm_package as package', 'package.unit_id', 'map.artifact_id')
      .join('unit', 'unit.id', 'package.unit_id')
      .select(
        'map.modulemd_id as modulemdId',
        'unit.uuid',
        'package.name',
        'package.epoch',
        'package.version',
        'package.release',
        'package.arch',
        'package.evr_key as evrKey',
      )
      .whereIn('map.modulemd_id', chunk)
      .orderBy('unit.id');
    whereInContentScope(knex, query, 'package.unit_id', scope);
    const rows: AvailableArtifact[] = await query;
    for (const row of rows) if (names.has(row.name)) found.push(row);
    await pause();
  }
  return found;
}

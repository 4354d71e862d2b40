import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { whereHeldByVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';

/** A module and a package that it names as its artifact, by unit ids. */
export interface ModuleMapping {
  modulemdId: number;
  packageId: number;
}

function mappings(knex: Knex): Knex.QueryBuilder {
  return knex('modulemd_artifact_map as map').select(
    'map.modulemd_id as modulemdId',
    'map.artifact_id as packageId',
  );
}

/** Which packages of a version the modules name. */
export async function listMappedPackages(
  knex: Knex,
  content: VersionContent,
  modulemdIds: readonly number[],
): Promise<ModuleMapping[]> {
  const found: ModuleMapping[][] = [];
  // A module may name thousands of packages.
  for (const chunk of chunksOf(modulemdIds, 20)) {
    const query = mappings(knex).whereIn('map.modulemd_id', chunk);
    whereHeldByVersion(knex, query, 'map.artifact_id', content);
    found.push(await query);
    await pause();
  }
  return found.flat();
}

/** Which modules, of whatever repository, name the packages. */
export async function listMappingModules(
  knex: Knex,
  packageIds: readonly number[],
): Promise<ModuleMapping[]> {
  const found: ModuleMapping[][] = [];
  for (const chunk of chunksOf(packageIds)) {
    found.push(await mappings(knex).whereIn('map.artifact_id', chunk));
    await pause();
  }
  return found.flat();
}

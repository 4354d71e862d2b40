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
  return knex('rpm_modulemd_artifact as artifact')
    .join('rpm_package as package', join =>
      join
        .on('package.name', 'artifact.name')
        .andOn('package.epoch', 'artifact.epoch')
        .andOn('package.version', 'artifact.version')
        .andOn('package.release', 'artifact.release')
        .andOn('package.arch', 'artifact.arch'),
    )
    .select(
      'artifact.modulemd_id as modulemdId',
      'package.unit_id as packageId',
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
    const query = mappings(knex).whereIn('artifact.modulemd_id', chunk);
    whereHeldByVersion(knex, query, 'package.unit_id', content);
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
    found.push(await mappings(knex).whereIn('package.unit_id', chunk));
    await pause();
  }
  return found.flat();
}

import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { whereHeldByVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';

/** Where a unit wants its file to be, below the repository's root. */
export interface UnitPath {
  unitId: number;
  path: string;
}

const PACKAGE_PATH = { unitId: 'unit_id', path: 'location_href' };
const METADATA_FILE_PATH = { unitId: 'unit_id', path: 'relative_path' };

/** The paths of units; units that are no files are left out. */
export async function readUnitPaths(
  knex: Knex,
  ids: readonly number[],
): Promise<UnitPath[]> {
  const paths: UnitPath[] = [];
  for (const chunk of chunksOf(ids)) {
    paths.push(
      ...(await knex('rpm_package')
        .select(PACKAGE_PATH)
        .whereIn('unit_id', chunk)),
      ...(await knex('rpm_repo_metadata_file')
        .select(METADATA_FILE_PATH)
        .whereIn('unit_id', chunk)),
    );
    await pause();
  }
  return paths;
}

/** The packages of a version that have one of the file names. */
export async function listPackagesByPath(
  knex: Knex,
  content: VersionContent,
  paths: readonly string[],
): Promise<UnitPath[]> {
  const packages: UnitPath[] = [];
  for (const chunk of chunksOf(paths)) {
    const query = knex('rpm_package')
      .select(PACKAGE_PATH)
      .whereIn('location_href', chunk);
    whereHeldByVersion(knex, query, 'rpm_package.unit_id', content);
    packages.push(...(await query));
    await pause();
  }
  return packages;
}

/** The metadata files of a version, of which there are a few at most. */
export async function listMetadataFilePaths(
  knex: Knex,
  content: VersionContent,
): Promise<UnitPath[]> {
  const query = knex('rpm_repo_metadata_file').select(METADATA_FILE_PATH);
  whereHeldByVersion(knex, query, 'rpm_repo_metadata_file.unit_id', content);
  return query;
}

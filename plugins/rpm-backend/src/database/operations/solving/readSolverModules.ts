import type { Knex } from 'knex';
import { whereInVersion, type VersionContent } from '../../membership';
import { whereAmong } from '../../idSets';
import type { DbModulemdDefaultsRow, DbModulemdRow } from '../../tables';

/** What the solver needs of a module, lists still as JSON. */
export type StoredSolverModule = Pick<
  DbModulemdRow,
  | 'unit_id'
  | 'name'
  | 'stream'
  | 'version'
  | 'context'
  | 'arch'
  | 'artifacts_json'
  | 'dependencies_json'
>;

/**
 * What the solver needs of modules.
 *
 * @param ids - a hundred or so: a module may name thousands of artifacts
 */
export async function readSolverModules(
  knex: Knex,
  ids: readonly number[],
): Promise<StoredSolverModule[]> {
  const query = knex<DbModulemdRow>('rpm_modulemd').select(
    'unit_id',
    'name',
    'stream',
    'version',
    'context',
    'arch',
    'artifacts_json',
    'dependencies_json',
  );
  whereAmong(knex, query, 'unit_id', ids);
  return query;
}

/** The default stream of each module that has one in a version. */
export async function readDefaultStreams(
  knex: Knex,
  content: VersionContent,
): Promise<Record<string, string>> {
  const query = knex('repository_content')
    .join('rpm_modulemd_defaults as defaults', {
      'defaults.unit_id': 'repository_content.unit_id',
    })
    .select('defaults.module', 'defaults.stream')
    .where('repository_content.unit_type', 'rpm.modulemd_defaults')
    .whereNotNull('defaults.stream');
  const rows: Pick<DbModulemdDefaultsRow, 'module' | 'stream'>[] =
    await whereInVersion(query, content);
  return Object.fromEntries(
    rows.map(({ module, stream }) => [module, stream!]),
  );
}

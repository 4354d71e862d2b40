import type { Knex } from 'knex';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';
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

/** Modules read at a time; a module may name thousands of artifacts. */
const WINDOW = 100;

/** The modules of a version as the solver needs them, in batches by ascending unit id. */
export async function* loadSolverModules(
  knex: Knex,
  content: VersionContent,
): AsyncGenerator<StoredSolverModule[], void, undefined> {
  let after = 0;
  for (;;) {
    const query = knex('repository_content')
      .join('rpm_modulemd as module', {
        'module.unit_id': 'repository_content.unit_id',
      })
      .select(
        'module.unit_id',
        'module.name',
        'module.stream',
        'module.version',
        'module.context',
        'module.arch',
        'module.artifacts_json',
        'module.dependencies_json',
      )
      .where('repository_content.unit_type', 'rpm.modulemd')
      .where('repository_content.unit_id', '>', after)
      .orderBy('repository_content.unit_id')
      .limit(WINDOW);
    const rows: StoredSolverModule[] = await whereInVersion(query, content);
    if (rows.length) yield rows;
    await pause();
    if (rows.length < WINDOW) return;
    after = rows[rows.length - 1].unit_id;
  }
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

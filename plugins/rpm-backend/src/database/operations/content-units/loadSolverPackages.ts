import type { Knex } from 'knex';
import type { StoredSolverPackage } from '../../../content-units/solverPackage';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';

/** Packages read at a time; keeps each SQLite call short. */
const WINDOW = 500;

/**
 * The packages of a version as the solver needs them, in batches by ascending unit id. Their lists
 * stay packed; `toSolverPackage` reads them, best in a worker thread.
 */
export async function* loadSolverPackages(
  knex: Knex,
  content: VersionContent,
): AsyncGenerator<StoredSolverPackage[], void, undefined> {
  let after = 0;
  for (;;) {
    const query = knex('repository_content')
      .join('rpm_package as package', {
        'package.unit_id': 'repository_content.unit_id',
      })
      .join('rpm_package_relations as relations', {
        'relations.unit_id': 'repository_content.unit_id',
      })
      .join('rpm_package_extras as extras', {
        'extras.unit_id': 'repository_content.unit_id',
      })
      .select(
        'package.unit_id',
        'package.name',
        'package.epoch',
        'package.version',
        'package.release',
        'package.arch',
        'relations.provides',
        'relations.requires',
        'relations.conflicts',
        'relations.obsoletes',
        'extras.files',
      )
      .where('repository_content.unit_type', 'rpm.package')
      .where('repository_content.unit_id', '>', after)
      .orderBy('repository_content.unit_id')
      .limit(WINDOW);
    const rows: StoredSolverPackage[] = await whereInVersion(query, content);
    if (rows.length) yield rows;
    await pause();
    if (rows.length < WINDOW) return;
    after = rows[rows.length - 1].unit_id;
  }
}

import type { Knex } from 'knex';
import type { StoredSolverPackage } from '../../../content-units/solverPackage';
import { chunksOf } from '../../chunks';
import type { VersionContent } from '../../membership';
import { pause } from '../../pause';
import { iterateUnitIds } from '../versions/readMembership';

/** Packages read at a time; keeps each SQLite call short. */
const BATCH = 500;

/**
 * The packages of a version as the solver needs them, in batches by ascending unit id. Their lists
 * stay packed; `toSolverPackage` reads them, best in a worker thread.
 */
export async function* loadSolverPackages(
  knex: Knex,
  content: VersionContent,
): AsyncGenerator<StoredSolverPackage[], void, undefined> {
  for await (const ids of iterateUnitIds(knex, content, 'rpm.package')) {
    for (const chunk of chunksOf(ids, BATCH)) {
      const batch: StoredSolverPackage[] = await knex('rpm_package as package')
        .join('rpm_package_relations as relations', {
          'relations.unit_id': 'package.unit_id',
        })
        .join('rpm_package_extras as extras', {
          'extras.unit_id': 'package.unit_id',
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
          'relations.recommends',
          'relations.supplements',
          'extras.files',
        )
        .whereIn('package.unit_id', chunk)
        .orderBy('package.unit_id');
      yield batch;
      await pause();
    }
  }
}

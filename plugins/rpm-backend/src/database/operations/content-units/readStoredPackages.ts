import type { Knex } from 'knex';
import type { StoredPackage } from '../../../content-units/storedPackage';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';

/** Packages read at a time; keeps each SQLite call short. */
const CHUNK = 250;

/** All that is stored of packages, in the order of the ids; those that do not exist are left out. */
export async function readStoredPackages(
  knex: Knex,
  ids: readonly number[],
): Promise<StoredPackage[]> {
  const found = new Map<number, StoredPackage>();
  for (const chunk of chunksOf(ids, CHUNK)) {
    const rows: StoredPackage[] = await knex('rpm_package as package')
      .join('rpm_package_relations as relations', {
        'relations.unit_id': 'package.unit_id',
      })
      .join('rpm_package_extras as extras', {
        'extras.unit_id': 'package.unit_id',
      })
      .select('relations.*', 'extras.*', 'package.*')
      .whereIn('package.unit_id', chunk);
    for (const row of rows) found.set(row.unit_id, row);
    await pause();
  }
  return ids.flatMap(id => found.get(id) ?? []);
}

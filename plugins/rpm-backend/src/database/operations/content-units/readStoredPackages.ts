import type { Knex } from 'knex';
import type { StoredPackage } from '../../../content-units/storedPackage';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';

/** Packages read at a time; keeps each SQLite call short. */
const CHUNK = 250;

/** PostgreSQL gives big integers as text, for they might exceed a number; these do not. */
const NUMBERS = [
  'header_start',
  'header_end',
  'time_file',
  'time_build',
  'size_package',
  'size_installed',
  'size_archive',
] as const;

function withNumbers(row: StoredPackage): StoredPackage {
  for (const column of NUMBERS) row[column] = Number(row[column]);
  return row;
}

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
    for (const row of rows) found.set(row.unit_id, withNumbers(row));
    await pause();
  }
  return ids.flatMap(id => found.get(id) ?? []);
}

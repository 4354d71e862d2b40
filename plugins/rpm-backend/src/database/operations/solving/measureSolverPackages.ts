import type { Knex } from 'knex';
import { whereAmong } from '../../idSets';

/** What of a package can be long: a kernel's headers are a megabyte of paths. */
const LONG_COLUMNS = [
  'relations.provides',
  'relations.requires',
  'extras.files',
];

/**
 * About how many bytes `packSolverPackages` makes of packages. Both engines know lengths without
 * reading what has them.
 */
export async function measureSolverPackages(
  knex: Knex,
  ids: readonly number[],
): Promise<number> {
  const lengths = LONG_COLUMNS.map(() => 'octet_length(??)').join(' + ');
  const query = knex('rpm_package_relations as relations')
    .join('rpm_package_extras as extras', {
      'extras.unit_id': 'relations.unit_id',
    })
    .select(knex.raw(`sum(${lengths}) as bytes`, LONG_COLUMNS));
  whereAmong(knex, query, 'relations.unit_id', ids);
  const [{ bytes }] = await query;
  return Number(bytes ?? 0);
}

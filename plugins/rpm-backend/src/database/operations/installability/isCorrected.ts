import type { Knex } from 'knex';
import { whereHeldByVersion, type VersionContent } from '../../membership';
import type { DbPackageRow } from '../../tables';

/** Whether what is stored of some package of the versions was corrected after a time. */
export async function isCorrected(
  knex: Knex,
  versions: readonly VersionContent[],
  since: string,
): Promise<boolean> {
  for (const version of versions) {
    const query = knex<DbPackageRow>('rpm_package')
      .select('unit_id')
      .where('corrected_at', '>', since);
    whereHeldByVersion(knex, query, 'rpm_package.unit_id', version);
    if (await query.first()) return true;
  }
  return false;
}

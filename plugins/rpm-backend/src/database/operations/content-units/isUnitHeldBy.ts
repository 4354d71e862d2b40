import type { Knex } from 'knex';
import type { Visibility } from '../../../permissions/AccessControl';
import type { DbRepositoryContentRow } from '../../tables';

/** Whether the latest version of one of the repositories holds a unit. */
export async function isUnitHeldBy(
  knex: Knex,
  unitId: number,
  repositories: Visibility,
): Promise<boolean> {
  const query = knex<DbRepositoryContentRow>('repository_content')
    .where({ unit_id: unitId, version_removed: null })
    .first('unit_id');
  if (repositories !== 'all') {
    query.whereIn('repository_id', repositories.ids);
  }
  return Boolean(await query);
}

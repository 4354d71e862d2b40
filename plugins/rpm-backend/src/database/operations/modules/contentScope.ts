import type { Knex } from 'knex';
import type { Visibility } from '../../../permissions/AccessControl';
import { whereInVersion, type VersionContent } from '../../membership';
import { whereUnitVisible } from '../content-units/readUnit';

/** Where units are looked for: in any of some versions, or in all that the caller may see. */
export interface ContentScope {
  versions: readonly VersionContent[] | undefined;
  visible: Visibility;
}

/**
 * Narrows a query on units to what is in scope.
 *
 * @param unitColumn - holds the unit's id
 */
export function whereInContentScope(
  knex: Knex,
  query: Knex.QueryBuilder,
  unitColumn: string,
  { versions, visible }: ContentScope,
): void {
  if (!versions) {
    whereUnitVisible(knex, query, unitColumn, visible);
    return;
  }
  query.where(either => {
    for (const version of versions) {
      either.orWhereExists(
        whereInVersion(
          knex('repository_content as held')
            .select(knex.raw('1'))
            .whereRaw('held.unit_id = ??', [unitColumn]),
          version,
          'held',
        ),
      );
    }
  });
}

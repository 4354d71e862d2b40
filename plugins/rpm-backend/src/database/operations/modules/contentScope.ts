import type { Knex } from 'knex';
import type { Visibility } from '../../../permissions/AccessControl';
import type { VersionContent } from '../../membership';
import { listHiddenUnits } from '../versions/listHiddenUnits';
import { listPresent } from '../versions/readMembership';

/** Where units are looked for: in any of some versions, or in all that the caller may see. */
export interface ContentScope {
  versions: readonly VersionContent[] | undefined;
  visible: Visibility;
}

/**
 * Which of the units are in scope.
 *
 * @remarks
 * Asked for ids that are known by then, apart from what else is read of units: in one query
 * PostgreSQL, of fresh tables that it has no statistics of, walks all of a repository again and again.
 */
export async function listInScope(
  knex: Knex,
  ids: readonly number[],
  { versions, visible }: ContentScope,
): Promise<Set<number>> {
  if (versions) {
    const present = new Set<number>();
    for (const version of versions) {
      for (const id of await listPresent(knex, version, ids)) present.add(id);
    }
    return present;
  }
  if (visible === 'all') return new Set(ids);
  const hidden = new Set(await listHiddenUnits(knex, ids, visible));
  return new Set(ids.filter(id => !hidden.has(id)));
}

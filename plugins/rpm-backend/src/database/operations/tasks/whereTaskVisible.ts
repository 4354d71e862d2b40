import type { Knex } from 'knex';
import { prnOf } from '../../../identifiers';
import type { TaskVisibility } from '../../../permissions/AccessControl';
import type { DbTaskReservationRow } from '../../tables';

/**
 * Narrows a query on tasks to those that the caller started, and to those about repositories all of
 * which the caller may see, for a task can tell of each that it reserved, or reserved a version of.
 * Where a task is about no repository, the same goes for remotes.
 *
 * @remarks
 * A version that is deleted may have been one of a repository that the caller may not see. Who
 * reserves one for itself has reserved its repository as well.
 */
export function whereTaskVisible(
  knex: Knex,
  query: Knex.QueryBuilder,
  visible: TaskVisibility,
): void {
  if (visible === 'all') return;
  const { startedBy, repositories, remotes } = visible;
  const about = (kind: Kind | 'version') => reservationsOf(knex, kind);
  const hidden = (kind: Kind, ids: readonly number[]) =>
    about(kind).whereNotIn('about.resource', prnsOf(knex, kind, ids));
  query.where(either => {
    if (startedBy !== undefined) either.where('task.created_by', startedBy);
    either.orWhere(seen => {
      seen.whereExists(about('repository'));
      if (repositories !== 'all') {
        seen.whereNotExists(hidden('repository', repositories.ids));
        seen.whereNotExists(
          about('version')
            .where('about.exclusive', false)
            .whereNotIn(
              'about.resource',
              versionPrnsOf(knex, repositories.ids),
            ),
        );
      }
    });
    either.orWhere(seen => {
      seen.whereNotExists(about('repository')).whereExists(about('remote'));
      if (remotes !== 'all') {
        seen.whereNotExists(hidden('remote', remotes.ids));
      }
    });
  });
}

type Kind = 'repository' | 'remote';

/** What all PRNs of a kind begin with. */
function prefixOf(kind: Kind | 'version'): string {
  return prnOf(kind, '');
}

/** What the task of the query around has reserved of a kind. */
function reservationsOf(knex: Knex, kind: Kind | 'version'): Knex.QueryBuilder {
  return knex<DbTaskReservationRow>('task_reservation as about')
    .select(knex.raw('1'))
    .whereRaw('about.task_id = task.id')
    .where('about.resource', 'like', `${prefixOf(kind)}%`);
}

function prnsOf(
  knex: Knex,
  kind: Kind,
  ids: readonly number[],
): Knex.QueryBuilder {
  return knex(kind)
    .select(knex.raw('? || cast(uuid as text)', [prefixOf(kind)]))
    .whereIn('id', ids);
}

/** Of all versions of repositories. */
function versionPrnsOf(
  knex: Knex,
  repositoryIds: readonly number[],
): Knex.QueryBuilder {
  return knex('repository_version')
    .select(knex.raw('? || cast(uuid as text)', [prefixOf('version')]))
    .whereIn('repository_id', repositoryIds);
}

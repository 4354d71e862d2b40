import type { Knex } from 'knex';
import { whereHoldsUnit } from '../../membership';

/**
 * Narrows a query on distributions, joined with their targets, to those that serve one of the units:
 * in the publication or version they point at, in the newest version of their repository that is
 * published, or in any of its checkpoints.
 *
 * @param unitUuids - the units' external ids
 */
export function whereServes(
  knex: Knex,
  query: Knex.QueryBuilder,
  unitUuids: readonly string[],
): void {
  const published = () =>
    knex('publication as published')
      .select('published.version_id')
      .whereRaw('published.repository_id = distribution.repository_id')
      .where('published.complete', true);
  const newest = published()
    .join(
      'repository_version as numbered',
      'numbered.id',
      'published.version_id',
    )
    .orderBy('numbered.number', 'desc')
    .limit(1);
  const checkpoints = published().where('published.checkpoint', true);
  const holding = () => {
    const served = knex('repository_version as served').select(knex.raw('1'));
    whereHoldsUnit(knex, served, 'served', unitUuids);
    return served;
  };
  query
    .where(current =>
      current
        .where('distribution.checkpoint', false)
        .whereExists(
          holding().whereRaw(
            'served.id = coalesce(distribution.version_id, p.version_id, ?)',
            [newest],
          ),
        ),
    )
    .orWhere(stamped =>
      stamped
        .where('distribution.checkpoint', true)
        .whereExists(holding().whereIn('served.id', checkpoints)),
    );
}

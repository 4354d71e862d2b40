import type { Knex } from 'knex';

/** The content of one version: of which repository, and its number. */
export interface VersionContent {
  repositoryId: number;
  number: number;
}

/**
 * Narrows a query on `repository_content` to what a version holds.
 *
 * @param alias - the table's name in the query
 */
export function whereInVersion(
  query: Knex.QueryBuilder,
  { repositoryId, number }: VersionContent,
  alias = 'repository_content',
): Knex.QueryBuilder {
  return query
    .where(`${alias}.repository_id`, repositoryId)
    .where(`${alias}.version_added`, '<=', number)
    .where(open =>
      open
        .whereNull(`${alias}.version_removed`)
        .orWhere(`${alias}.version_removed`, '>', number),
    );
}

/**
 * Narrows a query on units to what a version holds.
 *
 * @remarks
 * Asked with `exists` and not by a join, for SQLite would then walk the whole version and look up
 * every unit of it, however few units the rest of the query leaves.
 *
 * @param unitColumn - holds the unit's id
 */
export function whereHeldByVersion(
  knex: Knex,
  query: Knex.QueryBuilder,
  unitColumn: string,
  content: VersionContent,
): void {
  query.whereExists(
    whereInVersion(
      knex('repository_content as held')
        .select(knex.raw('1'))
        .whereRaw('held.unit_id = ??', [unitColumn]),
      content,
      'held',
    ),
  );
}

/**
 * Narrows a query on repository versions to those that hold one of the units.
 *
 * @param alias - the version's name in the query
 * @param unitUuids - the units' external ids
 */
export function whereHoldsUnit(
  knex: Knex,
  query: Knex.QueryBuilder,
  alias: string,
  unitUuids: readonly string[],
): void {
  query.whereExists(
    knex('repository_content as held')
      .select(knex.raw('1'))
      .join('unit', 'unit.id', 'held.unit_id')
      .whereIn('unit.uuid', unitUuids)
      .whereRaw('held.repository_id = ??', [`${alias}.repository_id`])
      .whereRaw('held.version_added <= ??', [`${alias}.number`])
      .whereRaw('(held.version_removed is null or held.version_removed > ??)', [
        `${alias}.number`,
      ]),
  );
}

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

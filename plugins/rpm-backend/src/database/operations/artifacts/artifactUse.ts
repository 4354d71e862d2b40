import type { Knex } from 'knex';

/** The tables that keep stored files from being cleaned up, by their column `artifact_id`. */
export const ARTIFACT_USERS = [
  'unit_artifact',
  'publication_file',
  'rpm_distribution_tree_file',
] as const;

/** Narrows a query on `artifact` to files that nothing uses. */
export function whereArtifactUnused(
  knex: Knex,
  query: Knex.QueryBuilder,
): void {
  for (const table of ARTIFACT_USERS) {
    query.whereNotExists(
      knex(table)
        .select(knex.raw('1'))
        .whereRaw('??.artifact_id = artifact.id', [table]),
    );
  }
}

export async function isArtifactUsed(knex: Knex, id: number): Promise<boolean> {
  const query = knex('artifact').where({ id }).first('id');
  whereArtifactUnused(knex, query);
  return (await query) === undefined;
}

import type { Knex } from 'knex';
import type { VersionContent } from '../../membership';
import type { DbRepositoryVersionRow } from '../../tables';

/** UUIDs of the versions of a repository, those first whose numbers are nearest to a version's. */
export async function listNearbyVersions(
  knex: Knex,
  { repositoryId, number }: VersionContent,
  limit: number,
): Promise<string[]> {
  const rows = await knex<DbRepositoryVersionRow>('repository_version')
    .select('uuid')
    .where('repository_id', repositoryId)
    .orderByRaw('abs(number - ?), number desc', [number])
    .limit(limit);
  return rows.map(({ uuid }) => uuid);
}

import type { Knex } from 'knex';
import type {
  DbDistributionRow,
  DbPublicationRow,
  DbRepositoryVersionRow,
} from '../../tables';

/** Internal ids of the versions of a repository, newest first. */
export async function listVersionIds(
  knex: Knex,
  repositoryId: number,
): Promise<number[]> {
  const rows = await knex<DbRepositoryVersionRow>('repository_version')
    .select('id')
    .where({ repository_id: repositoryId })
    .orderBy('number', 'desc');
  return rows.map(row => row.id);
}

/**
 * The versions of a repository that clients are served from, by internal id: named by a
 * distribution, or holding a publication that is; holding a checkpoint while a checkpoint
 * distribution of the repository exists; and the newest that is published while an ordinary
 * distribution of the repository exists.
 */
export async function listProtectedVersions(
  knex: Knex,
  repositoryId: number,
): Promise<Set<number>> {
  const served = new Set<number>();
  const named: { id: number }[] = await knex('repository_version')
    .select('repository_version.id')
    .where('repository_version.repository_id', repositoryId)
    .where(either =>
      either
        .whereIn(
          'repository_version.id',
          knex<DbDistributionRow>('distribution')
            .select('version_id')
            .whereNotNull('version_id'),
        )
        .orWhereIn(
          'repository_version.id',
          knex('publication')
            .join(
              'distribution',
              'distribution.publication_id',
              'publication.id',
            )
            .select('publication.version_id'),
        ),
    );
  for (const { id } of named) served.add(id);

  const distributions = await knex<DbDistributionRow>('distribution')
    .select('checkpoint')
    .where({ repository_id: repositoryId });
  if (distributions.some(({ checkpoint }) => Boolean(checkpoint))) {
    const checkpoints = await knex<DbPublicationRow>('publication')
      .distinct('version_id')
      .where({ repository_id: repositoryId, checkpoint: true });
    for (const row of checkpoints) served.add(row.version_id);
  }
  if (distributions.some(({ checkpoint }) => !checkpoint)) {
    const newest: { id: number } | undefined = await knex('publication')
      .join(
        'repository_version',
        'repository_version.id',
        'publication.version_id',
      )
      .select('repository_version.id')
      .where('publication.repository_id', repositoryId)
      .where('publication.complete', true)
      .orderBy('repository_version.number', 'desc')
      .first();
    if (newest) served.add(newest.id);
  }
  return served;
}

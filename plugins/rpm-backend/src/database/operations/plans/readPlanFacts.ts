import type { Knex } from 'knex';
import type { PlanFacts } from '../../../plan/whyStale';
import type { PlanHead } from '../../../plan/types';
import { chunksOf } from '../../chunks';
import type { DbRepositoryRow, DbRepositoryVersionRow } from '../../tables';

/** What there is now of the repositories and versions that plans are about. */
export async function readPlanFacts(
  knex: Knex,
  plans: readonly Pick<PlanHead, 'versions'>[],
): Promise<PlanFacts> {
  const about = plans.flatMap(({ versions: { source, base, start } }) =>
    [...source, ...base, ...start].flatMap(version => version ?? []),
  );
  const facts: PlanFacts = {
    repositoryNames: new Map(),
    latest: new Map(),
    versions: new Set(),
  };
  const repositories = new Set(about.map(({ repositoryId }) => repositoryId));
  for (const chunk of chunksOf([...repositories])) {
    const rows = await knex<DbRepositoryRow>('repository')
      .select('id', 'name')
      .whereIn('id', chunk);
    for (const { id, name } of rows) facts.repositoryNames.set(id, name);
    const latest: { repository_id: number; number: number }[] = await knex(
      'repository_version',
    )
      .select('repository_id')
      .max({ number: 'number' })
      .whereIn('repository_id', chunk)
      .groupBy('repository_id');
    for (const row of latest) facts.latest.set(row.repository_id, row.number);
  }
  const versions = new Set(about.map(({ versionId }) => versionId));
  for (const chunk of chunksOf([...versions])) {
    const rows = await knex<DbRepositoryVersionRow>('repository_version')
      .select('id')
      .whereIn('id', chunk);
    for (const { id } of rows) facts.versions.add(id);
  }
  return facts;
}

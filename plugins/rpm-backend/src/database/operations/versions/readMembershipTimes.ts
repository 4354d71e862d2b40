import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';

/** Since when units of a version are in its repository without a break, by unit id. */
export async function readMembershipTimes(
  knex: Knex,
  content: VersionContent,
  unitIds: readonly number[],
): Promise<Map<number, string>> {
  const times = new Map<number, string>();
  for (const chunk of chunksOf(unitIds)) {
    const query = knex('repository_content')
      .leftJoin('repository_version as version', join =>
        join
          .on('version.repository_id', 'repository_content.repository_id')
          .andOn('version.number', 'repository_content.version_added'),
      )
      .select(
        'repository_content.unit_id',
        knex.raw(
          'coalesce(repository_content.added_at, version.created_at) as since',
        ),
      )
      .whereIn('repository_content.unit_id', chunk);
    const rows: { unit_id: number; since: string }[] = await whereInVersion(
      query,
      content,
    );
    for (const row of rows) times.set(row.unit_id, row.since);
    await pause();
  }
  return times;
}

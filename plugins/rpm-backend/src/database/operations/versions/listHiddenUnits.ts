import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbRepositoryContentRow } from '../../tables';

/**
 * Which of the units were only ever in other repositories than the given ones. What was never in
 * any, as after an upload, belongs to whoever knows its name.
 */
export async function listHiddenUnits(
  knex: Knex,
  ids: readonly number[],
  visibleRepositoryIds: readonly number[],
): Promise<number[]> {
  const hidden: number[] = [];
  const held = () =>
    knex<DbRepositoryContentRow>('repository_content').distinct('unit_id');
  for (const chunk of chunksOf(ids)) {
    const visible = await held()
      .whereIn('unit_id', chunk)
      .whereIn('repository_id', visibleRepositoryIds);
    const seen = new Set(visible.map(row => row.unit_id));
    const unseen = chunk.filter(id => !seen.has(id));
    for (const row of await held().whereIn('unit_id', unseen)) {
      hidden.push(row.unit_id);
    }
    await pause();
  }
  return hidden;
}

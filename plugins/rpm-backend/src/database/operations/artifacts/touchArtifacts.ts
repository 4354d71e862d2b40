import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbArtifactRow } from '../../tables';
import { currentTimestamp } from '../../time';

/**
 * Says that somebody wants these stored files: those that nothing uses are spared by the clean-up of
 * orphans for as long as it protects what was asked for lately.
 *
 * @returns the ids of those that exist; the others were cleaned up
 */
export async function touchArtifacts(
  knex: Knex,
  ids: readonly number[],
): Promise<Set<number>> {
  const existing = new Set<number>();
  for (const chunk of chunksOf([...new Set(ids)])) {
    const rows = await knex<DbArtifactRow>('artifact')
      .whereIn(
        'id',
        // Everybody locks artifacts in one order, so that nobody waits in a circle.
        knex<DbArtifactRow>('artifact')
          .select('id')
          .whereIn('id', chunk)
          .orderBy('id')
          .forNoKeyUpdate(),
      )
      .update({ touched_at: currentTimestamp() })
      .returning('id');
    for (const { id } of rows) existing.add(id);
    await pause();
  }
  return existing;
}

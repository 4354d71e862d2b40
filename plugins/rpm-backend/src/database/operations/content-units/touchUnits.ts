import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbUnitRow } from '../../tables';
import { currentTimestamp } from '../../time';

/**
 * Says that somebody wants these units: those that no repository holds are spared by the clean-up
 * of orphans for as long as it protects what was asked for lately. Costs a look at those that are
 * held, and a write only for the others.
 *
 * @returns the ids of those that exist; the others were cleaned up
 */
export async function touchUnits(
  knex: Knex,
  ids: readonly number[],
): Promise<Set<number>> {
  const existing = new Set<number>();
  for (const chunk of chunksOf([...new Set(ids)])) {
    const units: { id: number; held: number | null }[] = await knex('unit')
      .select('unit.id', {
        held: knex('repository_content')
          .select('version_added')
          .whereRaw('repository_content.unit_id = unit.id')
          .limit(1),
      })
      .whereIn('unit.id', chunk);
    const loose: number[] = [];
    for (const { id, held } of units) {
      if (held === null) loose.push(id);
      else existing.add(id);
    }
    if (loose.length) {
      for (const id of await markTouched(knex, loose)) existing.add(id);
    }
    await pause();
  }
  return existing;
}

/** Waits for a clean-up that has locked some of them, and then does not find these. */
async function markTouched(
  knex: Knex,
  ids: readonly number[],
): Promise<number[]> {
  const rows = await knex<DbUnitRow>('unit')
    .whereIn(
      'id',
      // Everybody locks units in one order, so that nobody waits for each other in a circle.
      knex<DbUnitRow>('unit')
        .select('id')
        .whereIn('id', ids)
        .orderBy('id')
        .forNoKeyUpdate(),
    )
    .update({ touched_at: currentTimestamp() })
    .returning('id');
  return rows.map(({ id }) => id);
}

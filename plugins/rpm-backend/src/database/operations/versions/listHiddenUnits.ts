import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { Visibility } from '../../../permissions/AccessControl';
import type { DbUnitRow } from '../../tables';
import { whereUnitVisible } from '../content-units/readUnit';

/**
 * Which of the units the caller may not see: those that were never in a visible repository and that
 * the caller has not uploaded.
 */
export async function listHiddenUnits(
  knex: Knex,
  ids: readonly number[],
  visible: Exclude<Visibility, 'all'>,
): Promise<number[]> {
  const hidden: number[] = [];
  for (const chunk of chunksOf(ids)) {
    const held: Pick<DbUnitRow, 'id'>[] = await knex<DbUnitRow>('unit')
      .select('id')
      .whereIn('id', chunk)
      .modify(query => whereUnitVisible(knex, query, 'unit.id', visible));
    const seen = new Set(held.map(row => row.id));
    hidden.push(...chunk.filter(id => !seen.has(id)));
    await pause();
  }
  return hidden;
}

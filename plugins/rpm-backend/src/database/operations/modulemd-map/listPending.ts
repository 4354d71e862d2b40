import type { Knex } from 'knex';
import type { DbModulemdMapPendingRow } from '../../tables';

/** How many units are still to be mapped. */
export async function countPending(knex: Knex): Promise<number> {
  const row = await knex<DbModulemdMapPendingRow>('modulemd_map_pending')
    .count({ count: '*' })
    .first();
  return Number(row!.count);
}

/** Ids of units that are still to be mapped and follow a given id, ascending. */
export async function listPending(
  knex: Knex,
  after: number,
  limit: number,
): Promise<number[]> {
  return knex<DbModulemdMapPendingRow>('modulemd_map_pending')
    .where('unit_id', '>', after)
    .orderBy('unit_id')
    .limit(limit)
    .pluck('unit_id');
}

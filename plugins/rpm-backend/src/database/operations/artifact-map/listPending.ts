import type { Knex } from 'knex';
import type { DbModulemdMapPendingRow } from '../../tables';

/** The units that are still to be mapped. */
export interface Pending {
  count: number;
  /** The highest id among them; undefined when there is none. */
  lastId: number | undefined;
}

/** What is still to be mapped; usually nothing, which costs next to nothing to find out. */
export async function readPending(knex: Knex): Promise<Pending> {
  const row = await knex<DbModulemdMapPendingRow>('modulemd_map_pending')
    .count({ count: '*' })
    .max({ lastId: 'unit_id' })
    .first();
  return { count: Number(row!.count), lastId: row!.lastId ?? undefined };
}

/** Ids of units that are still to be mapped, ascending. */
export async function listPending(
  knex: Knex,
  {
    after,
    upTo,
    limit,
  }: {
    after: number;
    upTo: number;
    limit: number;
  },
): Promise<number[]> {
  return knex<DbModulemdMapPendingRow>('modulemd_map_pending')
    .where('unit_id', '>', after)
    .where('unit_id', '<=', upTo)
    .orderBy('unit_id')
    .limit(limit)
    .pluck('unit_id');
}

import type { Knex } from 'knex';
import type { DbModulemdMapPendingRow } from '../../tables';
import { insertDetails } from '../content-units/insertDetails';

/**
 * Writes down that packages or modules are new to the map, in the transaction that creates them: if
 * nobody comes to map them, the back-fill finds them.
 */
export async function markPending(
  trx: Knex.Transaction,
  unitIds: readonly number[],
): Promise<void> {
  const rows: DbModulemdMapPendingRow[] = unitIds.map(id => ({ unit_id: id }));
  await insertDetails(trx, 'modulemd_map_pending', rows);
}

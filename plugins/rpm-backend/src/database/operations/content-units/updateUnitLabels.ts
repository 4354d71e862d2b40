import type { Knex } from 'knex';
import type { DbUnitRow } from '../../tables';

export async function updateUnitLabels(
  knex: Knex,
  unitId: number,
  labels: Record<string, string>,
): Promise<void> {
  await knex<DbUnitRow>('unit')
    .where({ id: unitId })
    .update({ labels_json: JSON.stringify(labels) });
}

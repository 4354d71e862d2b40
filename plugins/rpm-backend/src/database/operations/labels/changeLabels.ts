import type { Knex } from 'knex';
import type { Labeled } from '../../../labels/types';
import type { DbUnitRow } from '../../tables';
import { currentTimestamp } from '../../time';

/**
 * Changes the labels of one thing; what others change at the same time is not lost.
 *
 * @returns whether it is there
 */
export async function changeLabels(
  trx: Knex.Transaction,
  { kind, uuid }: Labeled,
  change: (labels: Map<string, string>) => void,
): Promise<boolean> {
  const isUnit = kind.includes('.');
  const table = isUnit ? 'unit' : kind;
  const row: Pick<DbUnitRow, 'id' | 'labels_json'> | undefined = await trx(
    table,
  )
    .where(isUnit ? { uuid, type: kind } : { uuid })
    .forUpdate()
    .first('id', 'labels_json');
  if (!row) return false;
  const labels = new Map<string, string>(
    Object.entries(JSON.parse(row.labels_json)),
  );
  change(labels);
  await trx(table)
    .where({ id: row.id })
    .update({
      labels_json: JSON.stringify(Object.fromEntries(labels)),
      // Units are shown as they came: what they are does not change.
      ...(isUnit ? {} : { updated_at: currentTimestamp() }),
    });
  return true;
}

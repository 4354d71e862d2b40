import type { Knex } from 'knex';
import type { AdvisoryUnit, UnitRecord } from '../../../../content-units/types';
import type { DbAdvisoryRow } from '../../../tables';
import { readRows, withRows } from './readRows';

export async function readAdvisoryUnits(
  knex: Knex,
  units: readonly UnitRecord[],
): Promise<AdvisoryUnit[]> {
  const rows = await readRows<DbAdvisoryRow>(knex, 'rpm_advisory', units);
  return withRows(units, rows, (unit, row) => ({
    ...unit,
    advisory: JSON.parse(row.document_json),
  }));
}

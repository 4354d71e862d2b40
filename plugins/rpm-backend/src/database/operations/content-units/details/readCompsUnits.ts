import type { CompsUnit } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import type {
  CompsUnitRecord,
  UnitRecord,
} from '../../../../content-units/types';
import type { DbCompsRow } from '../../../tables';
import { readRows, withRows } from './readRows';

export async function readCompsUnits<T extends CompsUnit>(
  knex: Knex,
  units: readonly UnitRecord[],
): Promise<CompsUnitRecord<T>[]> {
  const rows = await readRows<DbCompsRow>(knex, 'rpm_comps', units);
  return withRows(units, rows, (unit, row) => ({
    ...unit,
    comps: JSON.parse(row.document_json),
  }));
}

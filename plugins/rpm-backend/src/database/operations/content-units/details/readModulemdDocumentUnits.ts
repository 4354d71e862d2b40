import type { Knex } from 'knex';
import type {
  ModulemdDocumentUnit,
  UnitRecord,
} from '../../../../content-units/types';
import type { DbModulemdDocumentRow } from '../../../tables';
import { readRows, withRows } from './readRows';

export async function readModulemdDocumentUnits(
  knex: Knex,
  units: readonly UnitRecord[],
): Promise<ModulemdDocumentUnit[]> {
  const rows = await readRows<DbModulemdDocumentRow>(
    knex,
    'rpm_modulemd_document',
    units,
  );
  return withRows(units, rows, (unit, row) => ({
    ...unit,
    document: {
      documentType: row.document_type,
      documentVersion: row.document_version ?? undefined,
      name: row.module ?? undefined,
      snippet: row.snippet,
      digest: unit.digest,
    },
  }));
}

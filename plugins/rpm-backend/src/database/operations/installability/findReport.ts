import type { Knex } from 'knex';
import type { DbInstallabilityReportRow } from '../../tables';

/** A stored report without its list. */
export interface StoredReport {
  id: number;
  /** When what it says was read. */
  computedAt: string;
  architectures: string[];
  packageCount: number;
  brokenCount: number;
  rowCount: number;
}

/** The report that answers a question about a version, if it was asked before. */
export async function findReport(
  knex: Knex,
  versionId: number,
  question: string,
): Promise<StoredReport | undefined> {
  const row = await knex<DbInstallabilityReportRow>('installability_report')
    .where({ version_id: versionId, question })
    .first();
  return (
    row && {
      id: row.id,
      computedAt: row.computed_at,
      architectures: JSON.parse(row.architectures_json),
      packageCount: row.package_count,
      brokenCount: row.broken_count,
      rowCount: row.row_count,
    }
  );
}

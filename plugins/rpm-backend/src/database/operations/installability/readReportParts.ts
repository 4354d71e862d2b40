import type { Knex } from 'knex';
import type { DbInstallabilityPartRow } from '../../tables';

/** The parts of a report with some of its rows; others are not read. */
export async function readReportParts(
  knex: Knex,
  reportId: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<Pick<DbInstallabilityPartRow, 'first' | 'count' | 'content'>[]> {
  return knex<DbInstallabilityPartRow>('installability_part')
    .where({ report_id: reportId })
    .where('first', '<', offset + limit)
    .whereRaw('?? + ?? > ?', ['first', 'count', offset])
    .select('first', 'count', 'content')
    .orderBy('first');
}

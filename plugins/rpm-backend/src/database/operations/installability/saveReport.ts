import type { Knex } from 'knex';
import { chunksBySize } from '../../chunks';
import { pause } from '../../pause';
import type {
  DbInstallabilityPartRow,
  DbInstallabilityReportRow,
} from '../../tables';
import type { StoredReport } from './findReport';

/** A report that was computed. */
export interface NewReport extends Omit<StoredReport, 'id'> {
  versionId: number;
  question: string;
  /** One after the other, from the first row on. */
  parts: readonly { count: number; content: Uint8Array }[];
}

/** Bytes and rows written by one statement; keeps each SQLite call short. */
const STATEMENT = { maxCount: 50, maxSize: 200_000 };

/**
 * Keeps a report instead of the last one that answered the same question, and deletes the oldest ones
 * where all of them take more room than they may. Of two that come at once, one is kept.
 *
 * @param room - in bytes
 */
export async function saveReport(
  trx: Knex.Transaction,
  report: NewReport,
  room: number,
): Promise<void> {
  const { versionId, question } = report;
  await reports(trx).where({ version_id: versionId, question }).delete();
  const size = report.parts.reduce((sum, part) => sum + part.content.length, 0);
  const [stored] = await reports(trx)
    .insert({
      version_id: versionId,
      question,
      computed_at: report.computedAt,
      architectures_json: JSON.stringify(report.architectures),
      package_count: report.packageCount,
      broken_count: report.brokenCount,
      row_count: report.rowCount,
      size,
    })
    .onConflict(['version_id', 'question'])
    .ignore()
    .returning('id');
  if (!stored) return;
  await insertParts(trx, stored.id, report.parts);
  await makeRoom(trx, room);
}

async function insertParts(
  trx: Knex.Transaction,
  reportId: number,
  parts: NewReport['parts'],
): Promise<void> {
  let first = 0;
  const rows = parts.map(({ count, content }): DbInstallabilityPartRow => {
    const row = {
      report_id: reportId,
      first,
      count,
      content: Buffer.from(content.buffer, content.byteOffset, content.length),
    };
    first += count;
    return row;
  });
  const bytesOf = ({ content }: DbInstallabilityPartRow) => content.length;
  for (const chunk of chunksBySize(rows, bytesOf, STATEMENT)) {
    await trx<DbInstallabilityPartRow>('installability_part').insert(chunk);
    await pause();
  }
}

/** The newest ones stay that fit into the room together, the very newest in any case. */
async function makeRoom(trx: Knex.Transaction, room: number): Promise<void> {
  const [newest, ...older] = await reports(trx)
    .select('id', 'size')
    .orderBy('id', 'desc');
  let taken = newest.size + OVERHEAD;
  const surplus = older.find(({ size }) => {
    taken += size + OVERHEAD;
    return taken > room;
  });
  if (surplus) await reports(trx).where('id', '<=', surplus.id).delete();
}

/** What a report without anything broken takes. */
const OVERHEAD = 1_000;

function reports(knex: Knex) {
  return knex<DbInstallabilityReportRow>('installability_report');
}

import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import { chunksOf } from '../../chunks';
import { whereAmong } from '../../idSets';
import { readPackedRows } from '../../packedRows';
import { pause } from '../../pause';
import type { DbPackageRow } from '../../tables';
import { readUnitLabels, type UnitLabel } from './readUnitLabels';

/** What tells whether two units are states of one thing, and which is newer. */
export type UnitSubject = Pick<
  UnitLabel,
  'id' | 'type' | 'name' | 'arch' | 'versionKey'
>;

const COLUMNS = ['unit_id', 'name', 'arch', 'evr_key'] as const;

/** Packages read at a time; keeps each SQLite call short. */
const CHUNK = 5_000;

/** The subjects of units, all of one type, in any order. */
export async function readUnitSubjects(
  knex: Knex,
  type: ContentType,
  ids: readonly number[],
): Promise<UnitSubject[]> {
  if (type !== 'rpm.package') return readUnitLabels(knex, ids);
  const subjects: UnitSubject[] = [];
  for (const chunk of chunksOf(ids, CHUNK)) {
    const query = knex<DbPackageRow>('rpm_package').select(...COLUMNS);
    whereAmong(knex, query, 'unit_id', chunk);
    const rows = await readPackedRows<[number, string, string, string]>(
      knex,
      query,
      COLUMNS,
    );
    for (const [id, name, arch, versionKey] of rows) {
      subjects.push({ id, type, name, arch, versionKey });
    }
    await pause();
  }
  return subjects;
}

import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import { chunksOf } from '../../chunks';
import { whereAmong } from '../../idSets';
import { pause } from '../../pause';
import type { DbPackageRow } from '../../tables';
import { readUnitLabels, type UnitLabel } from './readUnitLabels';

/** What tells whether two units are states of one thing, and which is newer. */
export type UnitSubject = Pick<
  UnitLabel,
  'id' | 'type' | 'name' | 'arch' | 'versionKey'
>;

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
    const query = knex<DbPackageRow>('rpm_package').select(
      'unit_id as id',
      'name',
      'arch',
      'evr_key as versionKey',
    );
    whereAmong(knex, query, 'unit_id', chunk);
    const rows: Omit<UnitSubject, 'type'>[] = await query;
    for (const row of rows) subjects.push({ ...row, type });
    await pause();
  }
  return subjects;
}

import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import { chunksOf } from '../../chunks';
import { whereAmong } from '../../idSets';
import { whereInVersion, type VersionContent } from '../../membership';
import { readTextRows } from '../../packedRows';
import { pause } from '../../pause';
import type { DbPackageRow, DbRepositoryContentRow } from '../../tables';
import { readUnitLabels, type UnitLabel } from './readUnitLabels';

/** What tells whether two units are states of one thing, and which is newer. */
export type UnitSubject = Pick<
  UnitLabel,
  'id' | 'type' | 'name' | 'arch' | 'versionKey'
>;

const COLUMNS = ['unit_id', 'arch', 'evr_key', 'name'] as const;

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
    for (const row of await readTextRows(knex, query, COLUMNS)) {
      subjects.push(toSubject(row));
    }
    await pause();
  }
  return subjects;
}

/**
 * Packages of a version read at a time. SQLite answers within the call, so its calls are kept short; to
 * PostgreSQL each is a journey.
 */
const WINDOW = { sqlite: 5_000, postgres: 50_000 };

/**
 * The subjects of all packages of a version, window by window in the order of name and
 * architecture, so that who sorts them has little left to do.
 */
export async function readPackageSubjects(
  knex: Knex,
  content: VersionContent,
): Promise<UnitSubject[]> {
  const isPostgres = knex.client.config.client === 'pg';
  const window = isPostgres ? WINDOW.postgres : WINDOW.sqlite;
  const subjects: UnitSubject[] = [];
  let after = 0;
  for (;;) {
    const held = knex<DbRepositoryContentRow>('repository_content')
      .select('unit_id')
      .where('unit_type', 'rpm.package')
      .where('unit_id', '>', after)
      .orderBy('unit_id')
      .limit(window);
    const query = knex
      .select(COLUMNS.map(column => `package.${column}`))
      .from(whereInVersion(held, content).as('held'))
      .join('rpm_package as package', 'package.unit_id', 'held.unit_id')
      .orderBy(['package.name', 'package.arch']);
    const rows = await readTextRows(knex, query, COLUMNS);
    for (const row of rows) {
      const subject = toSubject(row);
      subjects.push(subject);
      after = Math.max(after, subject.id);
    }
    if (rows.length < window) return subjects;
    await pause();
  }
}

function toSubject([id, arch, versionKey, name]: string[]): UnitSubject {
  return { id: Number(id), type: 'rpm.package', name, arch, versionKey };
}

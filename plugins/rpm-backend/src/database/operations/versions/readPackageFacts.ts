import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import {
  whereHeldByVersion,
  whereInVersion,
  type VersionContent,
} from '../../membership';
import { pause } from '../../pause';
import type { DbPackageRow } from '../../tables';

/** What retention looks at of a package. */
export interface PackageFacts {
  id: number;
  name: string;
  arch: string;
  /** Text order is version order. */
  evrKey: string;
}

type PackageFactsRow = Pick<
  DbPackageRow,
  'unit_id' | 'name' | 'arch' | 'evr_key'
>;

/** Rows read at a time; keeps each SQLite call short. */
const WINDOW = 5_000;

function toPackageFacts(row: PackageFactsRow): PackageFacts {
  return {
    id: row.unit_id,
    name: row.name,
    arch: row.arch,
    evrKey: row.evr_key,
  };
}

/** The facts of packages; other units are left out. */
export async function readPackageFacts(
  knex: Knex,
  ids: readonly number[],
): Promise<PackageFacts[]> {
  const facts: PackageFacts[] = [];
  for (const chunk of chunksOf(ids)) {
    const rows: PackageFactsRow[] = await knex<DbPackageRow>('rpm_package')
      .select('unit_id', 'name', 'arch', 'evr_key')
      .whereIn('unit_id', chunk);
    facts.push(...rows.map(toPackageFacts));
    await pause();
  }
  return facts;
}

/** The facts of all packages of a version. */
export async function listPackageFacts(
  knex: Knex,
  content: VersionContent,
): Promise<PackageFacts[]> {
  const facts: PackageFacts[] = [];
  let after = 0;
  for (;;) {
    const query = knex('repository_content')
      .join(
        'rpm_package as package',
        'package.unit_id',
        'repository_content.unit_id',
      )
      .select(
        'package.unit_id',
        'package.name',
        'package.arch',
        'package.evr_key',
      )
      .where('repository_content.unit_id', '>', after)
      .orderBy('repository_content.unit_id')
      .limit(WINDOW);
    const rows: PackageFactsRow[] = await whereInVersion(query, content);
    facts.push(...rows.map(toPackageFacts));
    if (rows.length < WINDOW) return facts;
    after = rows[rows.length - 1].unit_id;
    await pause();
  }
}

/** The facts of those packages of a version that have one of the names. */
export async function listPackageFactsByName(
  knex: Knex,
  content: VersionContent,
  names: readonly string[],
): Promise<PackageFacts[]> {
  const facts: PackageFacts[] = [];
  for (const chunk of chunksOf(names)) {
    const query = knex<DbPackageRow>('rpm_package')
      .select('unit_id', 'name', 'arch', 'evr_key')
      .whereIn('name', chunk);
    whereHeldByVersion(knex, query, 'rpm_package.unit_id', content);
    const rows: PackageFactsRow[] = await query;
    for (const row of rows) facts.push(toPackageFacts(row));
    await pause();
  }
  return facts;
}

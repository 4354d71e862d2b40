import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import {
  whereHeldByVersion,
  whereInVersion,
  type VersionContent,
} from '../../membership';
import { pause } from '../../pause';
import type { DbPackageRow } from '../../tables';

/** What tells which of several packages is newer. */
export interface PackageFacts {
  id: number;
  name: string;
  arch: string;
  /** Text order is version order. */
  evrKey: string;
}

/** What retention looks at of a package. */
export interface RetentionFacts extends PackageFacts {
  /** Its file says that it was built for a module. */
  hasModularityLabel: boolean;
}

type PackageFactsRow = Pick<
  DbPackageRow,
  'unit_id' | 'name' | 'arch' | 'evr_key' | 'modularity_label'
>;

const COLUMNS = [
  'unit_id',
  'name',
  'arch',
  'evr_key',
  'modularity_label',
] as const;

/** Rows read at a time; keeps each SQLite call short. */
const WINDOW = 5_000;

function toPackageFacts(row: PackageFactsRow): RetentionFacts {
  return {
    id: row.unit_id,
    name: row.name,
    arch: row.arch,
    evrKey: row.evr_key,
    hasModularityLabel: row.modularity_label !== null,
  };
}

/** The facts of packages; other units are left out. */
export async function readPackageFacts(
  knex: Knex,
  ids: readonly number[],
): Promise<RetentionFacts[]> {
  const facts: RetentionFacts[] = [];
  for (const chunk of chunksOf(ids)) {
    const rows: PackageFactsRow[] = await knex<DbPackageRow>('rpm_package')
      .select(...COLUMNS)
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
): Promise<RetentionFacts[]> {
  const facts: RetentionFacts[] = [];
  let after = 0;
  for (;;) {
    const query = knex('repository_content')
      .join(
        'rpm_package as package',
        'package.unit_id',
        'repository_content.unit_id',
      )
      .select(...COLUMNS.map(column => `package.${column}`))
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
): Promise<RetentionFacts[]> {
  const facts: RetentionFacts[] = [];
  for (const chunk of chunksOf(names)) {
    const query = knex<DbPackageRow>('rpm_package')
      .select(...COLUMNS)
      .whereIn('name', chunk);
    whereHeldByVersion(knex, query, 'rpm_package.unit_id', content);
    const rows: PackageFactsRow[] = await query;
    for (const row of rows) facts.push(toPackageFacts(row));
    await pause();
  }
  return facts;
}

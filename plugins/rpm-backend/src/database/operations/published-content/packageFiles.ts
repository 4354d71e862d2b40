import type { Knex } from 'knex';
import type { PublishedPackage } from '../../../publish/publishedPackages';
import {
  whereHeldByVersion,
  whereInVersion,
  type VersionContent,
} from '../../membership';
import { pause } from '../../pause';
import type { DbPackageRow } from '../../tables';

/** Rows read at a time; keeps each SQLite call short. */
const WINDOW = 5_000;

/** A package of a version and the file that it is. */
export interface PackageFile extends PublishedPackage {
  checksumType: string;
  /** Bytes. */
  size: number;
}

type FileRow = Pick<
  DbPackageRow,
  | 'unit_id'
  | 'location_href'
  | 'pkg_id'
  | 'checksum_type'
  | 'epoch'
  | 'time_build'
  | 'size_package'
>;

const COLUMNS = [
  'package.unit_id',
  'package.location_href',
  'package.pkg_id',
  'package.checksum_type',
  'package.epoch',
  'package.time_build',
  'package.size_package',
];

function toPackageFile(row: FileRow): PackageFile {
  return {
    unitId: row.unit_id,
    fileName: row.location_href,
    pkgId: row.pkg_id,
    checksumType: row.checksum_type,
    epoch: row.epoch,
    // PostgreSQL gives big integers as text.
    timeBuild: Number(row.time_build),
    size: Number(row.size_package),
  };
}

/** Walks the files of all packages of a version, in no order that matters, in bounded windows. */
export async function* iteratePackageFiles(
  knex: Knex,
  content: VersionContent,
): AsyncGenerator<PackageFile[], void, undefined> {
  let after = 0;
  for (;;) {
    const query = knex('repository_content')
      .join('rpm_package as package', {
        'package.unit_id': 'repository_content.unit_id',
      })
      .select(COLUMNS)
      .where('repository_content.unit_type', 'rpm.package')
      .where('repository_content.unit_id', '>', after)
      .orderBy('repository_content.unit_id')
      .limit(WINDOW);
    const rows: FileRow[] = await whereInVersion(query, content);
    if (rows.length) {
      yield rows.map(toPackageFile);
      after = rows[rows.length - 1].unit_id;
    }
    if (rows.length < WINDOW) return;
    await pause();
  }
}

/** The file of a package by its unit, or undefined. */
export async function readPackageFile(
  knex: Knex,
  unitId: number,
): Promise<PackageFile | undefined> {
  const row: FileRow | undefined = await knex('rpm_package as package')
    .select(COLUMNS)
    .where('package.unit_id', unitId)
    .first();
  return row && toPackageFile(row);
}

/** The packages of a version whose file has this name; more than one when their epochs differ. */
export async function findPackageFiles(
  knex: Knex,
  content: VersionContent,
  fileName: string,
): Promise<PackageFile[]> {
  const query = knex('rpm_package as package')
    .select(COLUMNS)
    .where('package.location_href', fileName);
  whereHeldByVersion(knex, query, 'package.unit_id', content);
  const rows: FileRow[] = await query;
  return rows.map(toPackageFile);
}

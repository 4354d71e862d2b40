import {
  RELATION_KINDS,
  type RelationKind,
  type RpmPackage,
} from '@rpmportal/rpm-format';
import type {
  DbPackageExtrasRow,
  DbPackageRelationsRow,
  DbPackageRow,
} from '../database/tables';
import { unpackChangelogs, unpackFiles, unpackRelations } from './packing';

/**
 * A package with all that is stored of it, lists still packed. A flat object of texts and numbers,
 * so that it passes to a worker thread at little cost; {@link toRpmPackage} reads it there.
 */
export type StoredPackage = DbPackageRow &
  DbPackageRelationsRow &
  DbPackageExtrasRow;

/** What is said of a package besides its lists. */
export type PackageMetadata = Omit<
  RpmPackage,
  RelationKind | 'files' | 'changelogs'
>;

/** The relation lists of a package. */
export type PackageRelations = Pick<RpmPackage, RelationKind>;

/** @remarks `locationHref` is the package's usual file name, not where it once came from. */
export function toPackageMetadata(row: DbPackageRow): PackageMetadata {
  return {
    name: row.name,
    epoch: row.epoch,
    version: row.version,
    release: row.release,
    arch: row.arch,
    pkgId: row.pkg_id,
    checksumType: row.checksum_type,
    summary: row.summary,
    description: row.description,
    packager: row.packager,
    url: row.url,
    // PostgreSQL's driver gives 64-bit integers as text.
    timeFile: Number(row.time_file),
    timeBuild: Number(row.time_build),
    sizePackage: Number(row.size_package),
    sizeInstalled: Number(row.size_installed),
    sizeArchive: Number(row.size_archive),
    locationHref: row.location_href,
    license: row.license,
    vendor: row.vendor,
    group: row.rpm_group,
    buildhost: row.buildhost,
    sourcerpm: row.sourcerpm,
    headerStart: Number(row.header_start),
    headerEnd: Number(row.header_end),
  };
}

export function toPackageRelations(
  row: DbPackageRelationsRow,
): PackageRelations {
  return Object.fromEntries(
    RELATION_KINDS.map(kind => [kind, unpackRelations(row[kind])]),
  ) as unknown as PackageRelations;
}

/** Reads the lists of a stored package. Pure and without Backstage or database. */
export function toRpmPackage(row: StoredPackage): RpmPackage {
  return {
    ...toPackageMetadata(row),
    ...toPackageRelations(row),
    files: unpackFiles(row.files),
    changelogs: unpackChangelogs(row.changelogs),
  };
}

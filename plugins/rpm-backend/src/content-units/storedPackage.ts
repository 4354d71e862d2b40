import { RELATION_KINDS, type RpmPackage } from '@rpmportal/rpm-format';
import type {
  DbPackageExtrasRow,
  DbPackageRelationsRow,
  DbPackageRow,
} from '../database/tables';
import {
  unpackChangelogs,
  unpackFiles,
  unpackRelations,
} from './packing';

/**
 * A package with all that is stored of it, lists still packed. A flat object of texts and numbers,
 * so that it passes to a worker thread at little cost; {@link toRpmPackage} reads it there.
 */
export type StoredPackage = DbPackageRow &
  DbPackageRelationsRow &
  DbPackageExtrasRow;

type RelationLists = Pick<RpmPackage, (typeof RELATION_KINDS)[number]>;

/**
 * Reads the lists of a stored package. Pure and without Backstage or database.
 *
 * @remarks `locationHref` is the package's usual file name, not where it once came from.
 */
export function toRpmPackage(row: StoredPackage): RpmPackage {
  const relations = Object.fromEntries(
    RELATION_KINDS.map(kind => [kind, unpackRelations(row[kind])]),
  ) as unknown as RelationLists;
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
    timeFile: row.time_file,
    timeBuild: row.time_build,
    sizePackage: row.size_package,
    sizeInstalled: row.size_installed,
    sizeArchive: row.size_archive,
    locationHref: row.location_href,
    license: row.license,
    vendor: row.vendor,
    group: row.rpm_group,
    buildhost: row.buildhost,
    sourcerpm: row.sourcerpm,
    headerStart: row.header_start,
    headerEnd: row.header_end,
    ...relations,
    files: unpackFiles(row.files),
    changelogs: unpackChangelogs(row.changelogs),
  };
}

import {
  evrSortKey,
  formatNevra,
  RELATION_KINDS,
  rpmFileName,
  type RelationKind,
  type RpmChangelog,
  type RpmPackage,
} from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import type { UnitDraft } from '../database/operations/content-units/saveUnits';
import type {
  DbPackageExtrasRow,
  DbPackageRelationsRow,
  DbPackageRow,
} from '../database/tables';
import { cleanText, packChangelogs, packFiles, packRelations } from './packing';

/** As createrepo_c does: who wants more of the history has the package itself. */
const KEPT_CHANGELOGS = 10;

/** A package as it is stored, but for the unit's id. */
export interface PackageDraft extends UnitDraft {
  type: 'rpm.package';
  columns: Omit<DbPackageRow, 'unit_id' | 'corrected_at'>;
  relations: Omit<DbPackageRelationsRow, 'unit_id'>;
  extras: Omit<DbPackageExtrasRow, 'unit_id'>;
}

/** The newest changelogs, oldest first. */
function keptChangelogs(changelogs: readonly RpmChangelog[]): RpmChangelog[] {
  return [...changelogs]
    .sort((a, b) => a.time - b.time)
    .slice(-KEPT_CHANGELOGS);
}

/** What identifies a package: the checksum of its file, of whatever type, with its NEVRA. */
export function packageDigest(
  checksumType: string,
  pkgId: string,
  nevra: string,
): string {
  return createHash('sha256')
    .update(`${checksumType}:${pkgId}:${nevra}`)
    .digest('hex');
}

/**
 * Turns a package into what is stored of it. Pure and without Backstage or database, so that it can
 * run in the worker thread that reads metadata: a draft is a few texts, which pass between threads
 * at a fraction of the cost of the package's lists.
 *
 * @remarks
 * A package's identity is its checksum with its NEVRA, for metadata may give one checksum to two.
 */
export function toPackageDraft(pkg: RpmPackage): PackageDraft {
  const pkgId = pkg.pkgId.toLowerCase();
  const nevra = formatNevra(pkg);
  const relations = Object.fromEntries(
    RELATION_KINDS.map(kind => [kind, packRelations(pkg[kind])]),
  ) as Record<RelationKind, string>;
  const extras = {
    files: packFiles(pkg.files),
    changelogs: packChangelogs(keptChangelogs(pkg.changelogs)),
  };
  return {
    type: 'rpm.package',
    digest: packageDigest(pkg.checksumType, pkgId, nevra),
    repoKey: nevra,
    size: sizeOf(relations) + sizeOf(extras),
    columns: {
      name: pkg.name,
      epoch: pkg.epoch,
      version: pkg.version,
      release: pkg.release,
      arch: pkg.arch,
      evr_key: evrSortKey(pkg),
      pkg_id: pkgId,
      checksum_type: pkg.checksumType,
      location_href: rpmFileName(pkg),
      summary: cleanText(pkg.summary),
      description: cleanText(pkg.description),
      url: cleanText(pkg.url),
      packager: cleanText(pkg.packager),
      vendor: cleanText(pkg.vendor),
      license: cleanText(pkg.license),
      rpm_group: cleanText(pkg.group),
      buildhost: cleanText(pkg.buildhost),
      sourcerpm: cleanText(pkg.sourcerpm),
      header_start: pkg.headerStart,
      header_end: pkg.headerEnd,
      time_file: pkg.timeFile,
      time_build: pkg.timeBuild,
      size_package: pkg.sizePackage,
      size_installed: pkg.sizeInstalled,
      size_archive: pkg.sizeArchive,
      signing_keys_json: null,
      modularity_label: null,
    },
    relations,
    extras,
  };
}

function sizeOf(texts: Record<string, string>): number {
  return Object.values(texts).reduce((sum, text) => sum + text.length, 0);
}

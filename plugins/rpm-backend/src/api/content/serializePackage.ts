import type {
  Package,
  PackageRelation,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RpmFile, RpmRelation } from '@rpmportal/rpm-format';
import type { PackageUnit } from '../../content-units';
import { splitPath } from '../../content-units/packing';
import { serializeArtifact, serializeUnit } from './serializeUnit';

function serializeRelation(relation: RpmRelation): PackageRelation {
  return [
    relation.name,
    relation.flags ?? null,
    relation.epoch ?? null,
    relation.version ?? null,
    relation.release ?? null,
    relation.pre ?? false,
  ];
}

function serializeFile({ type, path }: RpmFile): Package['files'][number] {
  return [type === 'file' ? null : type, ...splitPath(path)];
}

/** A package in wire format; lists that were not asked for are empty. */
export function serializePackage(unit: PackageUnit): Package {
  const { metadata, relations } = unit;
  const list = (relationList: RpmRelation[] | undefined) =>
    relationList?.map(serializeRelation) ?? [];
  return {
    ...serializeUnit(unit),
    ...serializeArtifact(unit.artifact),
    name: metadata.name,
    epoch: metadata.epoch,
    version: metadata.version,
    release: metadata.release,
    arch: metadata.arch,
    pkgId: metadata.pkgId,
    checksum_type: metadata.checksumType,
    signing_keys: unit.signingKeys ?? null,
    summary: metadata.summary,
    description: metadata.description,
    url: metadata.url,
    changelogs:
      unit.changelogs?.map(({ author, time, text }) => [author, time, text]) ??
      [],
    files: unit.files?.map(serializeFile) ?? [],
    requires: list(relations?.requires),
    provides: list(relations?.provides),
    conflicts: list(relations?.conflicts),
    obsoletes: list(relations?.obsoletes),
    suggests: list(relations?.suggests),
    enhances: list(relations?.enhances),
    recommends: list(relations?.recommends),
    supplements: list(relations?.supplements),
    location_base: '',
    location_href: metadata.locationHref,
    rpm_buildhost: metadata.buildhost,
    rpm_group: metadata.group,
    rpm_license: metadata.license,
    rpm_packager: metadata.packager,
    rpm_sourcerpm: metadata.sourcerpm,
    rpm_vendor: metadata.vendor,
    rpm_header_start: metadata.headerStart,
    rpm_header_end: metadata.headerEnd,
    is_modular: unit.isModular,
    size_archive: metadata.sizeArchive,
    size_installed: metadata.sizeInstalled,
    size_package: metadata.sizePackage,
    time_build: metadata.timeBuild,
    time_file: metadata.timeFile,
  };
}

import type { ContentUnit } from '@rpmportal/backstage-plugin-rpm-common';
import type { UnitRecord } from '../../content-units';
import { hrefOf, prnOf } from '../../identifiers';
import type { Artifact } from '../../storage/types';

/** What every unit shows; units never change, so both times are that of their creation. */
export function serializeUnit(unit: UnitRecord): ContentUnit {
  return {
    pulp_href: hrefOf(unit.type, unit.uuid),
    prn: prnOf(unit.type, unit.uuid),
    pulp_created: unit.createdAt,
    pulp_last_updated: unit.createdAt,
    pulp_labels: unit.labels,
    vuln_report: null,
  };
}

/** The stored file of a unit. */
export function serializeArtifact(artifact: Artifact | undefined) {
  return {
    artifact: artifact ? hrefOf('artifact', artifact.uuid) : null,
    md5: artifact?.md5 ?? null,
    sha1: artifact?.sha1 ?? null,
    sha224: artifact?.sha224 ?? null,
    sha256: artifact?.sha256 ?? null,
    sha384: artifact?.sha384 ?? null,
    sha512: artifact?.sha512 ?? null,
  };
}

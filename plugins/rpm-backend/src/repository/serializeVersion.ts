import type {
  ContentSummary,
  RepositoryVersion,
} from '@rpmportal/backstage-plugin-rpm-common';
import {
  API_ROOT,
  collectionOf,
  hrefOf,
  prnOf,
  versionHrefOf,
  type ContentType,
} from '../identifiers';
import type { UnitCounts, VersionRecord } from './versionTypes';

function summarize(
  counts: UnitCounts,
  filter: string,
  versionHref: string,
): ContentSummary['present'] {
  return Object.fromEntries(
    Object.entries(counts).map(([type, count]) => [
      type,
      {
        count,
        href: `${API_ROOT}${collectionOf(
          type as ContentType,
        )}?${filter}=${versionHref}`,
      },
    ]),
  );
}

/** A version in wire format: for the API, and for the results of tasks that end with a version. */
export function serializeVersion(version: VersionRecord): RepositoryVersion {
  const { repositoryUuid, number, baseVersion: base, counts } = version;
  const href = versionHrefOf(repositoryUuid, number);
  return {
    pulp_href: href,
    prn: prnOf('version', version.uuid),
    pulp_created: version.createdAt,
    pulp_last_updated: version.updatedAt,
    number,
    repository: hrefOf('repository', repositoryUuid),
    base_version: base ? versionHrefOf(base.repositoryUuid, base.number) : null,
    content_summary: {
      added: summarize(counts.added, 'repository_version_added', href),
      removed: summarize(counts.removed, 'repository_version_removed', href),
      present: summarize(counts.present, 'repository_version', href),
    },
    vuln_report: null,
    created_by: version.createdBy ?? null,
    reason: version.reason ?? null,
    inputs: version.inputs,
  };
}

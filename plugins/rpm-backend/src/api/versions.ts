import {
  versionRoutes,
  type ContentSummary,
  type RepositoryVersion,
} from '@rpmportal/backstage-plugin-rpm-common';
import {
  collectionOf,
  hrefOf,
  prnOf,
  versionHrefOf,
  API_ROOT,
  type ContentType,
} from '../identifiers';
import type { VersionRecord, VersionService } from '../repository';
import type { UnitCounts } from '../repository/versionTypes';
import { implement, type ImplementedRoute, type PageLinks } from './edge';

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

/** A version in wire format. */
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

export function versionApi(options: {
  versions: VersionService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { versions, links } = options;
  return [
    implement(versionRoutes.list, async request => {
      const page = await versions.list(
        request.params.repository,
        request.query,
        request,
      );
      return { status: 200, body: links.page(request, page, serializeVersion) };
    }),
    implement(versionRoutes.listAll, async request => {
      const page = await versions.list(undefined, request.query, request);
      return { status: 200, body: links.page(request, page, serializeVersion) };
    }),
    implement(versionRoutes.read, async request => {
      const { repository, number } = request.params;
      const version = await versions.get(repository, Number(number), request);
      return { status: 200, body: serializeVersion(version) };
    }),
    implement(versionRoutes.delete, async request => {
      const { repository, number } = request.params;
      const task = await versions.delete(repository, Number(number), request);
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}

import {
  basePublicationSchema,
  publicationRoutes,
  type Publication,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, prnOf, versionHrefOf } from '../identifiers';
import type { PublicationRecord, PublicationService } from '../publish';
import {
  implement,
  shownBy,
  type ImplementedRoute,
  type PageLinks,
} from './edge';

/** What Pulp shows of metadata that is not made here. */
const LEGACY = {
  metadata_checksum_type: null,
  package_checksum_type: null,
  gpgcheck: null,
  repo_gpgcheck: null,
  sqlite_metadata: false,
};

/** Null for what a remote has decided. */
function known<T extends string, U extends T>(
  value: T,
  unknown: U,
): Exclude<T, U> | null {
  return value === unknown ? null : (value as Exclude<T, U>);
}

/** A publication in wire format. */
function serializePublication(publication: PublicationRecord): Publication {
  const { uuid, repositoryUuid, version } = publication;
  return {
    ...LEGACY,
    pulp_href: hrefOf('publication', uuid),
    prn: prnOf('publication', uuid),
    pulp_created: publication.createdAt,
    pulp_last_updated: publication.updatedAt,
    repository: hrefOf('repository', repositoryUuid),
    repository_version: versionHrefOf(repositoryUuid, version.number),
    checkpoint: publication.checkpoint,
    checkpoint_timestamp: publication.checkpointStamp ?? null,
    checksum_type: publication.checksumType,
    compression_type: known(publication.compressionType, 'unknown'),
    layout: known(publication.layout, 'mirror'),
    repo_config: publication.repoConfig,
  };
}

export function publicationApi(options: {
  publications: PublicationService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { publications, links } = options;
  return [
    implement(publicationRoutes.list, async request => {
      const page = await publications.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializePublication),
      };
    }),
    implement(publicationRoutes.listAll, async request => {
      const page = await publications.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, one =>
          shownBy(basePublicationSchema, serializePublication(one)),
        ),
      };
    }),
    implement(publicationRoutes.create, async request => {
      const task = await publications.create(request.body, request);
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
    implement(publicationRoutes.read, async request => {
      const { publication } = request.params;
      const record = await publications.get(publication, request);
      return { status: 200, body: serializePublication(record) };
    }),
    implement(publicationRoutes.delete, async request => {
      await publications.delete(request.params.publication, request);
      return { status: 204, body: undefined };
    }),
  ];
}

import {
  baseRepositorySchema,
  repositoryRoutes,
  type Repository,
  type RepositoryModifyInput,
  type RepositoryPatch,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, prnOf, versionHrefOf, versionsHrefOf } from '../identifiers';
import type { LabelService } from '../labels';
import type {
  CallOptions,
  ModifyInput,
  RepositoryRecord,
  RepositoryService,
  RepositoryUpdate,
} from '../repository';
import { toRepositoryInput } from '../repository/repositoryFields';
import { InvalidInputError } from '../validation';
import {
  implement,
  shownBy,
  type ImplementedRoute,
  type PageLinks,
} from './edge';
import { labelApi } from './labels';

/** What Pulp shows and this service does not do. */
const UNSUPPORTED = {
  metadata_signing_service: null,
  package_signing_service: null,
  metadata_checksum_type: null,
  package_checksum_type: null,
  gpgcheck: null,
  repo_gpgcheck: null,
  sqlite_metadata: false,
};

/** A repository in wire format. */
export function serializeRepository(repository: RepositoryRecord): Repository {
  const { uuid, latestVersion } = repository;
  return {
    ...UNSUPPORTED,
    ...(toRepositoryInput(repository) as Required<
      ReturnType<typeof toRepositoryInput>
    >),
    pulp_href: hrefOf('repository', uuid),
    prn: prnOf('repository', uuid),
    pulp_created: repository.createdAt,
    pulp_last_updated: repository.updatedAt,
    versions_href: versionsHrefOf(uuid),
    latest_version_href: versionHrefOf(uuid, latestVersion.number),
  };
}

type UpdateCall = CallOptions & {
  params: Record<string, string>;
  body: RepositoryPatch & { dry_run?: boolean };
};

function updateReply({ repository, task }: RepositoryUpdate) {
  return task
    ? ({ status: 202, body: { task: hrefOf('task', task) } } as const)
    : ({ status: 200, body: serializeRepository(repository) } as const);
}

/** @throws InvalidInputError */
function parseModify(body: RepositoryModifyInput): ModifyInput {
  const remove = body.remove_content_units ?? [];
  const removesAll = remove.includes('*');
  if (removesAll && remove.length > 1) {
    throw InvalidInputError.field(
      'remove_content_units',
      "Cannot supply content units and '*'.",
    );
  }
  return {
    add: body.add_content_units ?? [],
    remove: removesAll ? '*' : remove,
    baseVersion: body.base_version ?? undefined,
    overwrite: body.overwrite ?? true,
    reason: body.reason,
    dryRun: body.dry_run ?? false,
  };
}

export function repositoryApi(options: {
  repositories: RepositoryService;
  labels: LabelService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { repositories, links } = options;
  const update = (
    {
      params,
      body: { dry_run: dryRun = false, ...patch },
      ...call
    }: UpdateCall,
    replace: boolean,
  ) =>
    repositories.update(params.repository, patch, { ...call, replace, dryRun });
  return [
    implement(repositoryRoutes.list, async request => {
      const page = await repositories.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializeRepository),
      };
    }),
    implement(repositoryRoutes.listAll, async request => {
      const page = await repositories.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, one =>
          shownBy(baseRepositorySchema, serializeRepository(one)),
        ),
      };
    }),
    implement(repositoryRoutes.create, async request => {
      const repository = await repositories.create(request.body, request);
      return { status: 201, body: serializeRepository(repository) };
    }),
    implement(repositoryRoutes.read, async request => {
      const repository = await repositories.get(
        request.params.repository,
        request,
      );
      return { status: 200, body: serializeRepository(repository) };
    }),
    implement(repositoryRoutes.update, async request =>
      updateReply(await update(request, true)),
    ),
    implement(repositoryRoutes.partialUpdate, async request =>
      updateReply(await update(request, false)),
    ),
    implement(repositoryRoutes.delete, async request => {
      const task = await repositories.delete(
        request.params.repository,
        request,
      );
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
    ...labelApi('repository', repositoryRoutes, options),
    implement(repositoryRoutes.modify, async request => {
      const task = await repositories.modify(
        request.params.repository,
        parseModify(request.body),
        request,
      );
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
  ];
}

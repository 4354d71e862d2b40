import {
  baseDistributionSchema,
  distributionRoutes,
  type Distribution,
} from '@rpmportal/backstage-plugin-rpm-common';
import type {
  DistributionRecord,
  DistributionService,
  DistributionUpdate,
} from '../distribution';
import { CONTENT_ROOT, hrefOf, prnOf, versionHrefOf } from '../identifiers';
import type { LabelService } from '../labels';
import {
  implement,
  shownBy,
  type ImplementedRoute,
  type PageLinks,
} from './edge';
import { labelApi } from './labels';

/** A distribution in wire format. */
function serializeDistribution(
  distribution: DistributionRecord,
  contentOrigin: string,
): Distribution {
  const { repositoryUuid, version, publicationUuid } = distribution;
  return {
    pulp_href: hrefOf('distribution', distribution.uuid),
    prn: prnOf('distribution', distribution.uuid),
    pulp_created: distribution.createdAt,
    pulp_last_updated: distribution.updatedAt,
    name: distribution.name,
    base_path: distribution.basePath,
    base_url: `${contentOrigin}${CONTENT_ROOT}${distribution.basePath}/`,
    content_guard: null,
    content_guard_prn: null,
    no_content_change_since: null,
    hidden: distribution.hidden,
    pulp_labels: distribution.labels,
    repository: repositoryUuid ? hrefOf('repository', repositoryUuid) : null,
    repository_version: version
      ? versionHrefOf(version.repositoryUuid, version.number)
      : null,
    publication: publicationUuid
      ? hrefOf('publication', publicationUuid)
      : null,
    generate_repo_config: distribution.generateRepoConfig,
    checkpoint: distribution.checkpoint,
  };
}

export function distributionApi(options: {
  distributions: DistributionService;
  labels: LabelService;
  links: PageLinks;
  contentOrigin: string;
}): ImplementedRoute[] {
  const { distributions, links, contentOrigin } = options;
  const serialize = (distribution: DistributionRecord) =>
    serializeDistribution(distribution, contentOrigin);
  const updateReply = ({ distribution, task }: DistributionUpdate) =>
    task
      ? ({ status: 202, body: { task: hrefOf('task', task) } } as const)
      : ({ status: 200, body: serialize(distribution) } as const);
  return [
    implement(distributionRoutes.list, async request => {
      const page = await distributions.list(request.query, request);
      return { status: 200, body: await links.page(request, page, serialize) };
    }),
    implement(distributionRoutes.listAll, async request => {
      const page = await distributions.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, one =>
          shownBy(baseDistributionSchema, serialize(one)),
        ),
      };
    }),
    implement(distributionRoutes.create, async request => {
      const task = await distributions.create(request.body, request);
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
    implement(distributionRoutes.read, async request => {
      const { distribution } = request.params;
      const record = await distributions.get(distribution, request);
      return { status: 200, body: serialize(record) };
    }),
    implement(distributionRoutes.update, async request =>
      updateReply(
        await distributions.update(request.params.distribution, request.body, {
          credentials: request.credentials,
          replace: true,
        }),
      ),
    ),
    implement(distributionRoutes.partialUpdate, async request =>
      updateReply(
        await distributions.update(request.params.distribution, request.body, {
          credentials: request.credentials,
          replace: false,
        }),
      ),
    ),
    implement(distributionRoutes.delete, async request => {
      const { distribution } = request.params;
      const task = await distributions.delete(distribution, request);
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
    ...labelApi('distribution', distributionRoutes, options),
  ];
}

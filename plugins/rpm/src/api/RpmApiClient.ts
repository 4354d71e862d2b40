import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import {
  distributionRoutes,
  publicationRoutes,
  repositoryRoutes,
  RpmClient,
  versionRoutes,
  waitForTask,
  type Distribution,
  type Page,
  type Publication,
  type Repository,
  type RepositoryRollbackInput,
  type RepositoryVersion,
  type Task,
  type VersionDiff,
  type WaitForTaskOptions,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { PageRequest, RepositoryFilter, RpmApi } from './RpmApi';

/**
 * Asks the RPM backend plugin, as the signed-in user.
 *
 * @public
 */
export class RpmApiClient implements RpmApi {
  readonly #client: RpmClient;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#client = new RpmClient(options);
  }

  repositories(filter: RepositoryFilter): AsyncIterable<Repository> {
    return this.#client.items(repositoryRoutes.list, { query: { ...filter } });
  }

  async listVersions(
    repository: Repository,
    page: PageRequest,
  ): Promise<Page<RepositoryVersion>> {
    const { signal, ...query } = page;
    const { body } = await this.#client.call(versionRoutes.list, {
      href: repository.pulp_href,
      query,
      signal,
    });
    return body;
  }

  async listCheckpoints(
    repository: Repository,
    page: PageRequest & { versions?: string[] },
  ): Promise<Page<Publication>> {
    const { signal, versions, ...query } = page;
    const { body } = await this.#client.call(publicationRoutes.list, {
      query: {
        ...query,
        repository: repository.pulp_href,
        repository_version__in: versions,
        checkpoint: true,
      },
      signal,
    });
    return body;
  }

  async listDistributions(repository: Repository): Promise<Distribution[]> {
    const distributions = this.#client.items(distributionRoutes.list, {
      query: { repository: repository.pulp_href, ordering: ['name'] },
    });
    const all: Distribution[] = [];
    for await (const distribution of distributions) all.push(distribution);
    return all;
  }

  async compareVersions(
    versions: { from: string; to: string },
    page: PageRequest,
  ): Promise<VersionDiff> {
    const { signal, ...query } = page;
    const { body } = await this.#client.call(versionRoutes.diff, {
      href: versions.to,
      query: { ...query, from: versions.from },
      signal,
    });
    return body;
  }

  async rollBack(
    repository: Repository,
    input: RepositoryRollbackInput,
  ): Promise<string> {
    const { body } = await this.#client.call(repositoryRoutes.rollback, {
      href: repository.pulp_href,
      body: input,
    });
    return body.task;
  }

  async waitForTask(href: string, options: WaitForTaskOptions): Promise<Task> {
    return waitForTask(this.#client, href, options);
  }
}

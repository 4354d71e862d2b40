import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import {
  copyRoutes,
  distributionRoutes,
  modulemdDefaultsRoutes,
  modulemdRoutes,
  packageRoutes,
  planRoutes,
  publicationRoutes,
  repositoryRoutes,
  RpmClient,
  taskRoutes,
  versionRoutes,
  waitForTask,
  type Distribution,
  type MissingRequirement,
  type ModulemdDefaults,
  type Page,
  type PlanCause,
  type PlanChange,
  type PlanUnit,
  type Publication,
  type Repository,
  type RepositoryRollbackInput,
  type RepositoryVersion,
  type Task,
  type VersionDiff,
  type WaitForTaskOptions,
} from '@rpmportal/backstage-plugin-rpm-common';
import type {
  CopyInput,
  ModuleDetails,
  ModuleIdentity,
  ModuleSummary,
  PackageDetails,
  PackageSummary,
  PageRequest,
  RepositoryFilter,
  RpmApi,
} from './RpmApi';

/** The others of a package are many, and its files alone can be thousands. */
const PACKAGE_FIELDS: (keyof PackageSummary)[] = [
  'pulp_href',
  'name',
  'epoch',
  'version',
  'release',
  'arch',
  'summary',
];

const PACKAGE_DETAIL_FIELDS: (keyof PackageDetails)[] = [
  ...PACKAGE_FIELDS,
  'description',
  'url',
  'rpm_license',
  'rpm_sourcerpm',
  'size_package',
  'size_installed',
  'time_build',
  'location_href',
];

const MODULE_FIELDS: (keyof ModuleSummary)[] = [
  'pulp_href',
  'name',
  'stream',
  'version',
  'context',
  'arch',
  'description',
  'artifacts',
  'missing_artifacts',
];

const MODULE_DETAIL_FIELDS: (keyof ModuleDetails)[] = [
  ...MODULE_FIELDS,
  'dependencies',
  'profiles',
  'pulp_artifacts_map',
];

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

  async listRepositories(
    page: PageRequest & { name?: string },
  ): Promise<Page<Repository>> {
    const { signal, name, ...query } = page;
    const { body } = await this.#client.call(repositoryRoutes.list, {
      query: { ...query, name__icontains: name, ordering: ['name'] },
      signal,
    });
    return body;
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

  async listPackages(
    version: string,
    page: PageRequest & { name?: string },
  ): Promise<Page<PackageSummary>> {
    const { signal, name, ...query } = page;
    const { body } = await this.#client.call(packageRoutes.list, {
      query: {
        ...query,
        repository_version: version,
        name__contains: name,
        ordering: ['name', '-pulp_created'],
        fields: PACKAGE_FIELDS,
      },
      signal,
    });
    return body;
  }

  async findPackage(
    version: string,
    id: string,
    signal?: AbortSignal,
  ): Promise<PackageDetails | undefined> {
    const { body } = await this.#client.call(packageRoutes.list, {
      query: {
        repository_version: version,
        pulp_id__in: [id],
        fields: PACKAGE_DETAIL_FIELDS,
      },
      signal,
    });
    return body.results[0];
  }

  async listModules(
    version: string,
    page: PageRequest & { name?: string },
  ): Promise<Page<ModuleSummary>> {
    const { signal, name, ...query } = page;
    const { body } = await this.#client.call(modulemdRoutes.list, {
      query: {
        ...query,
        repository_version: version,
        name__contains: name,
        ordering: ['name', 'stream', '-version', 'context', 'arch'],
        fields: MODULE_FIELDS,
      },
      signal,
    });
    return body;
  }

  async findModule(
    version: string,
    id: string,
    signal?: AbortSignal,
  ): Promise<ModuleDetails | undefined> {
    const { body } = await this.#client.call(modulemdRoutes.list, {
      query: {
        repository_version: version,
        pulp_id__in: [id],
        fields: MODULE_DETAIL_FIELDS,
      },
      signal,
    });
    return body.results[0];
  }

  async listModuleDefaults(
    version: string,
    names: string[],
    signal?: AbortSignal,
  ): Promise<ModulemdDefaults[]> {
    const { body } = await this.#client.call(modulemdDefaultsRoutes.list, {
      query: {
        repository_version: version,
        module__in: names,
        limit: names.length,
      },
      signal,
    });
    return body.results;
  }

  async listModulesOfPackage(
    version: string,
    href: string,
    page: PageRequest,
  ): Promise<Page<ModuleIdentity>> {
    const { signal, ...query } = page;
    const { body } = await this.#client.call(packageRoutes.modules, {
      href,
      query: { ...query, repository_version: version },
      signal,
    });
    return body;
  }

  async copy(input: CopyInput): Promise<string> {
    const { body } = await this.#client.call(copyRoutes.copy, { body: input });
    return body.task;
  }

  async listPlanUnits(
    plan: string,
    page: PageRequest & { change: PlanChange; cause?: PlanCause[] },
  ): Promise<Page<PlanUnit>> {
    const { signal, change, ...query } = page;
    const { body } = await this.#client.call(planRoutes.units, {
      href: plan,
      query: { ...query, change: [change] },
      signal,
    });
    return body;
  }

  async listPlanMissing(
    plan: string,
    page: PageRequest,
  ): Promise<Page<MissingRequirement>> {
    const { signal, ...query } = page;
    const { body } = await this.#client.call(planRoutes.missing, {
      href: plan,
      query,
      signal,
    });
    return body;
  }

  async applyPlan(plan: string, input: { reason: string }): Promise<string> {
    const { body } = await this.#client.call(planRoutes.apply, {
      href: plan,
      body: input,
    });
    return body.task;
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

  async cancelTask(href: string): Promise<void> {
    await this.#client.call(taskRoutes.cancel, {
      href,
      body: { state: 'canceled' },
    });
  }
}

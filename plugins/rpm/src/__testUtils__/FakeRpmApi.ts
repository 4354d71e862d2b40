import type {
  CopyPreview,
  DiffEntry,
  Distribution,
  MissingRequirement,
  ModulemdDefaults,
  Page,
  PlanCause,
  PlanChange,
  PlanUnit,
  Publication,
  Repository,
  RepositoryRollbackInput,
  RepositoryVersion,
  Task,
  VersionDiff,
  WaitForTaskOptions,
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
} from '../api';
import { unitIdOf } from '../hooks/hrefs';
import {
  makeCopyPreview,
  makeCopyResult,
  makeDiff,
  makeModuleDefaults,
  makeTask,
  makeVersion,
} from './fixtures';

const TASK = '/api/rpm/pulp/api/v3/tasks/uuid-task/';

/** What a fake backend holds; lists are newest first. */
export interface FakeContent {
  repositories: Repository[];
  versions?: Record<string, RepositoryVersion[]>;
  checkpoints?: Record<string, Publication[]>;
  distributions?: Record<string, Distribution[]>;
  /** Between any two versions. */
  diff?: DiffEntry[];
  /** Of every version. */
  packages?: PackageDetails[];
  /** Of every version, ordered. */
  modules?: ModuleDetails[];
  /** Default streams by module, of every version. */
  defaults?: Record<string, string>;
  /** What every copy does. */
  plan?: {
    units: PlanUnit[];
    missing?: MissingRequirement[];
    /** What else is told. */
    told?: Partial<CopyPreview>;
  };
}

/**
 * A backend in memory, by names of repositories. Its tasks wait for the test.
 */
export class FakeRpmApi implements RpmApi {
  readonly filters: RepositoryFilter[] = [];
  readonly rollbacks: RepositoryRollbackInput[] = [];
  readonly copies: CopyInput[] = [];
  readonly applied: { plan: string; reason: string }[] = [];
  readonly cancelled: string[] = [];
  readonly #content: FakeContent;
  #endTask: ((task: Task) => void) | undefined;
  #failTask: ((error: Error) => void) | undefined;
  #onProgress: WaitForTaskOptions['onProgress'];

  constructor(content: FakeContent) {
    this.#content = content;
  }

  async *repositories(filter: RepositoryFilter): AsyncGenerator<Repository> {
    this.filters.push(filter);
    for (const repository of this.#content.repositories) {
      const { name, owner, entity } = repository;
      if (
        (!filter.name__in || filter.name__in.includes(name)) &&
        (!filter.owner || filter.owner === owner) &&
        (!filter.entity__in || filter.entity__in.includes(entity ?? ''))
      ) {
        yield repository;
      }
    }
  }

  async listRepositories(
    request: PageRequest & { name?: string },
  ): Promise<Page<Repository>> {
    const { name = '' } = request;
    return paginate(
      this.#content.repositories.filter(candidate =>
        candidate.name.includes(name),
      ),
      request,
    );
  }

  async listPackages(
    _version: string,
    request: PageRequest & { name?: string },
  ): Promise<Page<PackageSummary>> {
    const { name = '' } = request;
    const packages = this.#content.packages ?? [];
    return paginate(
      packages.filter(unit => unit.name.includes(name)),
      request,
    );
  }

  async findPackage(
    _version: string,
    id: string,
  ): Promise<PackageDetails | undefined> {
    return this.#content.packages?.find(
      unit => unitIdOf(unit.pulp_href) === id,
    );
  }

  async listModules(
    _version: string,
    request: PageRequest & { name?: string },
  ): Promise<Page<ModuleSummary>> {
    const { name = '' } = request;
    const modules = this.#content.modules ?? [];
    return paginate(
      modules.filter(module => module.name.includes(name)),
      request,
    );
  }

  async findModule(
    _version: string,
    id: string,
  ): Promise<ModuleDetails | undefined> {
    return this.#content.modules?.find(unit => unitIdOf(unit.pulp_href) === id);
  }

  async listModuleDefaults(
    _version: string,
    names: string[],
  ): Promise<ModulemdDefaults[]> {
    const { defaults = {} } = this.#content;
    return names.flatMap(name =>
      defaults[name] ? makeModuleDefaults(name, defaults[name]) : [],
    );
  }

  async listModulesOfPackage(
    _version: string,
    href: string,
    request: PageRequest,
  ): Promise<Page<ModuleIdentity>> {
    const modules = this.#content.modules ?? [];
    return paginate(
      modules.filter(module =>
        module.pulp_artifacts_map.some(
          ({ pulp_href: artifact }) => artifact === href,
        ),
      ),
      request,
    );
  }

  async listVersions(
    { name }: Repository,
    request: PageRequest,
  ): Promise<Page<RepositoryVersion>> {
    return paginate(this.#content.versions?.[name] ?? [], request);
  }

  async listCheckpoints(
    { name }: Repository,
    request: PageRequest & { versions?: string[] },
  ): Promise<Page<Publication>> {
    const { versions } = request;
    const all = this.#content.checkpoints?.[name] ?? [];
    return paginate(
      all.filter(
        ({ repository_version: href }) => !versions || versions.includes(href),
      ),
      request,
    );
  }

  async listDistributions({ name }: Repository): Promise<Distribution[]> {
    return this.#content.distributions?.[name] ?? [];
  }

  async compareVersions(
    _versions: { from: string; to: string },
    request: PageRequest,
  ): Promise<VersionDiff> {
    const entries = this.#content.diff ?? [];
    return { ...makeDiff(entries), ...paginate(entries, request) };
  }

  async copy(input: CopyInput): Promise<string> {
    this.copies.push(input);
    return TASK;
  }

  async listPlanUnits(
    _plan: string,
    request: PageRequest & { change: PlanChange; cause?: PlanCause[] },
  ): Promise<Page<PlanUnit>> {
    const { change, cause } = request;
    const units = this.#content.plan?.units ?? [];
    return paginate(
      units.filter(
        unit =>
          unit.change === change && (!cause || cause.includes(unit.cause!)),
      ),
      request,
    );
  }

  async listPlanMissing(
    _plan: string,
    request: PageRequest,
  ): Promise<Page<MissingRequirement>> {
    return paginate(this.#content.plan?.missing ?? [], request);
  }

  async applyPlan(plan: string, input: { reason: string }): Promise<string> {
    this.applied.push({ plan, ...input });
    return TASK;
  }

  async cancelTask(href: string): Promise<void> {
    this.cancelled.push(href);
  }

  async rollBack(
    _repository: Repository,
    input: RepositoryRollbackInput,
  ): Promise<string> {
    this.rollbacks.push(input);
    return TASK;
  }

  async waitForTask(_href: string, options: WaitForTaskOptions): Promise<Task> {
    this.#onProgress = options.onProgress;
    return new Promise((resolve, reject) => {
      this.#endTask = resolve;
      this.#failTask = reject;
    });
  }

  /** Lets the running task report. */
  progress(task: Partial<Task>): void {
    this.#onProgress?.(makeTask(task));
  }

  /** Lets the running preview end. */
  completePreview(): CopyPreview {
    const { units = [], missing, told } = this.#content.plan ?? {};
    const result = { ...makeCopyPreview(units, missing), ...told };
    this.#endTask?.(makeTask({ state: 'completed', result }));
    return result;
  }

  /** Lets the running roll-back or copy make a version, and its task end. */
  complete({ name }: Repository, fields?: Partial<RepositoryVersion>): void {
    const versions = this.#content.versions![name];
    const repository = this.#content.repositories.find(
      candidate => candidate.name === name,
    )!;
    const made = makeVersion(repository, versions[0].number + 1, fields);
    versions.unshift(made);
    this.#endTask?.(
      makeTask({
        state: 'completed',
        created_resources: [made.pulp_href],
        result: makeCopyResult(made),
      }),
    );
  }

  /** Lets the running task end without a new version. */
  completeUnchanged(): void {
    this.#endTask?.(makeTask({ state: 'completed', result: makeCopyResult() }));
  }

  fail(error: Error): void {
    this.#failTask?.(error);
  }
}

function paginate<T>(items: T[], { offset, limit }: PageRequest): Page<T> {
  const end = offset + limit;
  return {
    count: items.length,
    next: end < items.length ? 'next' : null,
    previous: null,
    results: items.slice(offset, end),
  };
}

import type {
  DiffEntry,
  Distribution,
  Page,
  Publication,
  Repository,
  RepositoryRollbackInput,
  RepositoryVersion,
  Task,
  VersionDiff,
  WaitForTaskOptions,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { PageRequest, RepositoryFilter, RpmApi } from '../api';
import { makeDiff, makeTask, makeVersion } from './fixtures';

const TASK = '/api/rpm/pulp/api/v3/tasks/uuid-task/';

/** What a fake backend holds; lists are newest first. */
export interface FakeContent {
  repositories: Repository[];
  versions?: Record<string, RepositoryVersion[]>;
  checkpoints?: Record<string, Publication[]>;
  distributions?: Record<string, Distribution[]>;
  /** Between any two versions. */
  diff?: DiffEntry[];
}

/**
 * A backend in memory, by names of repositories. Its roll-backs wait for the test: `task` is what
 * the next look at the task finds.
 */
export class FakeRpmApi implements RpmApi {
  readonly filters: RepositoryFilter[] = [];
  readonly rollbacks: RepositoryRollbackInput[] = [];
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

  /** Lets the running roll-back make a version, and its task end. */
  complete({ name }: Repository, fields?: Partial<RepositoryVersion>): void {
    const versions = this.#content.versions![name];
    const repository = this.#content.repositories.find(
      candidate => candidate.name === name,
    )!;
    const made = makeVersion(repository, versions[0].number + 1, fields);
    versions.unshift(made);
    this.#endTask?.(
      makeTask({ state: 'completed', created_resources: [made.pulp_href] }),
    );
  }

  /** Lets the running task end without a new version. */
  completeUnchanged(): void {
    this.#endTask?.(makeTask({ state: 'completed' }));
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

import type {
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

/** Which part of a list to read. @public */
export interface PageRequest {
  limit: number;
  offset: number;
  signal?: AbortSignal;
}

/** Which repositories to list; what is given together narrows. @public */
export interface RepositoryFilter {
  name__in?: string[];
  /** Refs of the catalog entities that they belong to. */
  entity__in?: string[];
  /** Ref of the group or user that is set as their owner. */
  owner?: string;
}

/**
 * What the pages of the plugin ask of the backend.
 *
 * @remarks
 * All methods throw `RpmApiError` when the backend refuses.
 *
 * @public
 */
export interface RpmApi {
  /** Repositories that the user may see, newest first, read page by page as they are taken. */
  repositories(filter: RepositoryFilter): AsyncIterable<Repository>;
  /** Versions of a repository, the highest number first. */
  listVersions(
    repository: Repository,
    page: PageRequest,
  ): Promise<Page<RepositoryVersion>>;
  /**
   * Checkpoints of a repository, newest first.
   *
   * @param versions - only those of these versions, by their hrefs
   */
  listCheckpoints(
    repository: Repository,
    page: PageRequest & { versions?: string[] },
  ): Promise<Page<Publication>>;
  /** All distributions that serve a repository. */
  listDistributions(repository: Repository): Promise<Distribution[]>;
  /** What the version `to` has that the version `from` has not, and the other way round. */
  compareVersions(
    versions: { from: string; to: string },
    page: PageRequest,
  ): Promise<VersionDiff>;
  /** @returns the href of the task that makes the new version */
  rollBack(
    repository: Repository,
    input: RepositoryRollbackInput,
  ): Promise<string>;
  /** @throws `RpmTaskError` when the task fails or is cancelled */
  waitForTask(href: string, options: WaitForTaskOptions): Promise<Task>;
}

import type { Knex } from 'knex';
import type { RepositoryRecord } from '../repository/types';
import type { RemoteRecord } from '../remote/types';
import type { ArtifactStorage } from '../storage/types';
import type { TaskContext } from '../tasks/types';
import type { WorkerPool } from '../workers/types';
import type { Downloader } from '../download/types';
import type { SyncOptions, SyncProblem } from './types';

/** What a sync needs of its task. */
export type SyncContext = Pick<
  TaskContext,
  'createdBy' | 'logger' | 'progress' | 'signal'
>;

/** What the parts of one sync work with. */
export interface SyncRun {
  readonly knex: Knex;
  readonly threads: WorkerPool;
  readonly storage: ArtifactStorage;
  readonly context: SyncContext;
  /** The one that is synced, or a hidden one of its tree. */
  readonly repository: RepositoryRecord;
  readonly remote: RemoteRecord;
  readonly downloader: Downloader;
  /** Ends everything that is being downloaded. */
  readonly abandon: () => void;
  readonly options: SyncOptions;
  /** URL of the repository, with a trailing slash. */
  readonly root: string;
  /** Of this task; gone with it. */
  readonly folder: string;
  /** To be told in the task's result. */
  readonly problems: SyncProblem[];
}

/**
 * Waits for downloads that go on at once. When one fails the others are of no use: they are ended
 * and waited for, so that none outlives the task.
 */
export async function settleTogether<T>(
  { abandon }: Pick<SyncRun, 'abandon'>,
  downloads: readonly Promise<T>[],
): Promise<T[]> {
  try {
    return await Promise.all(downloads);
  } catch (error) {
    abandon();
    await Promise.allSettled(downloads);
    throw error;
  }
}

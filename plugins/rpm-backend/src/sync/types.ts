import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  SyncInput,
  SyncPolicy,
} from '@rpmportal/backstage-plugin-rpm-common';

/** What a remote has and a sync may leave out. */
export type SkipType = 'srpm' | 'treeinfo';

/** A sync as it was asked for, defaults filled in. */
export interface SyncOptions {
  syncPolicy: SyncPolicy;
  skipTypes: SkipType[];
  /** End at once when nothing has changed since the last sync. */
  optimize: boolean;
}

/** Takes what remotes have into repositories. */
export interface SyncService {
  /**
   * Queues a sync, which makes a version unless nothing would change.
   *
   * @returns the task's UUID
   * @throws InvalidInputError, NotFoundError
   */
  sync(
    repositoryUuid: string,
    input: SyncInput,
    options: { credentials: BackstageCredentials; correlationId?: string },
  ): Promise<string>;
}

/** Something in a remote's metadata that could not be used; the rest was. */
export interface SyncProblem {
  /** The metadata file, as repomd.xml names it. */
  file: string;
  /** One sentence. */
  message: string;
}

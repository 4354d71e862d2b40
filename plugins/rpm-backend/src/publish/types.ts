import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CompressionType,
  Layout,
  ListQuery,
  PublicationInput,
  PublishedChecksumType,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import type { Visibility } from '../permissions/AccessControl';
import type { VersionRecord } from '../repository/versionTypes';
import type { TaskContext } from '../tasks/types';
import type { Knex } from 'knex';

/** How metadata is rendered; recorded with the publication, so that it can be made again. */
export interface PublicationOptions {
  checksumType: PublishedChecksumType;
  compressionType: CompressionType;
  layout: Layout;
  /** Lines of the `.repo` file that the distribution offers. */
  repoConfig: Record<string, unknown>;
}

/** How a publication was made; one with a remote's own metadata was not made here. */
export interface PublishedAs extends Pick<PublicationOptions, 'repoConfig'> {
  checksumType: PublicationOptions['checksumType'] | 'unknown';
  compressionType: PublicationOptions['compressionType'] | 'unknown';
  /** `mirror`: packages are where the remote has them. */
  layout: PublicationOptions['layout'] | 'mirror';
}

/** The metadata of one repository version; immutable. */
export interface PublicationRecord extends PublishedAs {
  id: number;
  uuid: string;
  createdAt: string;
  updatedAt: string;
  repositoryId: number;
  repositoryUuid: string;
  version: { id: number; number: number };
  /** Only complete publications are shown, served or chosen. */
  complete: boolean;
  checkpoint: boolean;
  /** `20250130T203000Z`: what the checkpoint is served under, unique in its repository. */
  checkpointStamp: string | undefined;
  createdBy: string | undefined;
}

export interface CallOptions {
  credentials: BackstageCredentials;
  correlationId?: string;
}

export interface ListOptions extends CallOptions {
  /** Narrows to publications of these repositories; all when absent. */
  visible?: Visibility;
}

/** Publications: create, read, delete. */
export interface PublicationService {
  list(
    filters: ListQuery,
    options: ListOptions,
  ): Promise<RowPage<PublicationRecord>>;
  /** @throws NotFoundError */
  get(uuid: string, options: CallOptions): Promise<PublicationRecord>;
  /**
   * Queues the publishing of a version.
   *
   * @returns the task's UUID
   * @throws InvalidInputError
   */
  create(input: PublicationInput, options: CallOptions): Promise<string>;
  /** @throws NotFoundError */
  delete(uuid: string, options: CallOptions): Promise<void>;
}

/** Makes publications inside the task of something else: a new version, a roll-back. */
export interface VersionPublisher {
  /**
   * Publishes a version with the settings of its repository; one that was published so already
   * keeps its publication. The task must have reserved the repository, shared at least.
   *
   * @param options - `checkpoint` marks the publication as one; `commit` is called inside the
   * transaction that makes it visible, for the task's own commit
   */
  publishVersion(
    context: TaskContext,
    version: VersionRecord,
    options?: {
      checkpoint?: boolean;
      commit?: (
        trx: Knex.Transaction,
        publication: PublicationRecord,
      ) => Promise<void>;
    },
  ): Promise<PublicationRecord>;
}

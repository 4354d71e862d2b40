import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  DistributionInput,
  DistributionPatch,
  ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import type { Visibility } from '../permissions/AccessControl';

/** What of a distribution can be changed. At most one of the three targets is set. */
export interface DistributionFields {
  name: string;
  /** Canonical relative path below the content root. */
  basePath: string;
  repositoryId: number | undefined;
  versionId: number | undefined;
  publicationId: number | undefined;
  /** Serves the checkpoints of `repositoryId`, each under its time stamp. */
  checkpoint: boolean;
  hidden: boolean;
  generateRepoConfig: boolean;
  labels: Record<string, string>;
}

/** A path under which something is served. */
export interface DistributionRecord extends DistributionFields {
  id: number;
  uuid: string;
  createdAt: string;
  updatedAt: string;
  repositoryUuid: string | undefined;
  version: { repositoryUuid: string; number: number } | undefined;
  publicationUuid: string | undefined;
  /** The repository that is served, whatever the distribution points at. */
  servedRepositoryUuid: string | undefined;
  createdBy: string | undefined;
}

/** What an update did: nothing, or a change that the task records. */
export interface DistributionUpdate {
  distribution: DistributionRecord;
  /** Undefined when the input equals what is stored. */
  task: string | undefined;
}

interface CallOptions {
  credentials: BackstageCredentials;
}

/** Distributions: create, read, change, delete. */
export interface DistributionService {
  /** @param options - `visible` narrows to what is served of these repositories */
  list(
    filters: ListQuery,
    options: CallOptions & { visible?: Visibility },
  ): Promise<RowPage<DistributionRecord>>;
  /** @throws NotFoundError */
  get(uuid: string, options: CallOptions): Promise<DistributionRecord>;
  /**
   * @returns the task's UUID
   * @throws InvalidInputError
   */
  create(input: DistributionInput, options: CallOptions): Promise<string>;
  /**
   * @param replace - fields that are absent fall back to their defaults (PUT)
   * @throws InvalidInputError, NotFoundError
   */
  update(
    uuid: string,
    patch: DistributionPatch,
    options: CallOptions & { replace: boolean },
  ): Promise<DistributionUpdate>;
  /** @returns the task's UUID */
  delete(uuid: string, options: CallOptions): Promise<string>;
}

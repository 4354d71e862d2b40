import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  DownloadPolicy,
  ListQuery,
  REMOTE_SECRETS,
  RemoteInput,
  RemotePatch,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import type { Visibility } from '../permissions/AccessControl';

type Secret = (typeof REMOTE_SECRETS)[number];

/** How to reach a remote: everything besides its name, address and policy. */
export type RemoteSettings = Omit<
  RemotePatch,
  'name' | 'url' | 'policy' | 'pulp_labels' | 'owner' | 'entity' | Secret
>;

/** A place that repositories are synced from. */
export interface RemoteRecord {
  id: number;
  uuid: string;
  createdAt: string;
  updatedAt: string;
  name: string;
  /** With a trailing slash. */
  url: string;
  policy: DownloadPolicy;
  labels: Record<string, string>;
  settings: RemoteSettings;
  /** For the downloader only; never serialized, logged or put into a task. */
  secrets: Partial<Record<Secret, string | null>>;
  owner: string | undefined;
  entity: string | undefined;
  createdBy: string | undefined;
}

/** What an update did: nothing, or a change that the task records. */
export interface RemoteUpdate {
  remote: RemoteRecord;
  /** Undefined when the input equals what is stored. */
  task: string | undefined;
}

interface CallOptions {
  credentials: BackstageCredentials;
}

/** Remotes: create, read, change, delete. */
export interface RemoteService {
  /** @param options - `visible` narrows to what the caller may see; all when absent */
  list(
    filters: ListQuery,
    options: CallOptions & { visible?: Visibility },
  ): Promise<RowPage<RemoteRecord>>;
  /** @throws NotFoundError */
  get(uuid: string, options: CallOptions): Promise<RemoteRecord>;
  /** @throws InvalidInputError */
  create(input: RemoteInput, options: CallOptions): Promise<RemoteRecord>;
  /**
   * @param replace - fields that are absent fall back to their defaults (PUT)
   * @throws InvalidInputError, NotFoundError
   */
  update(
    uuid: string,
    patch: RemotePatch,
    options: CallOptions & { replace: boolean },
  ): Promise<RemoteUpdate>;
  /** @returns the task's UUID */
  delete(uuid: string, options: CallOptions): Promise<string>;
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ListQuery,
  MODULAR_REMOVALS,
  RepositoryInput,
  RepositoryPatch,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import type { Visibility } from '../permissions/AccessControl';
import type { VersionRecord } from './versionTypes';

/**
 * What to do when a package is to be removed that a module which stays names as its artifact: tell it,
 * refuse it, or nothing.
 */
export type ModularRemoval = (typeof MODULAR_REMOVALS)[number];

/** What of a repository can be changed. */
export interface RepositoryFields {
  name: string;
  description: string | undefined;
  labels: Record<string, string>;
  /** What it is synced from by default. */
  remoteId: number | undefined;
  autopublish: boolean;
  /** How many versions to keep; all when undefined. */
  retainRepoVersions: number | undefined;
  /** How many checkpoints to keep; all when undefined. */
  retainCheckpoints: number | undefined;
  /** How many versions of a package, by name and arch, to keep; 0 is all. */
  retainPackageVersions: number;
  modularRemoval: ModularRemoval;
  /** Defaults of publications. */
  checksumType: string | undefined;
  compressionType: string | undefined;
  layout: string | undefined;
  repoConfig: Record<string, unknown>;
  /** `v<version>:<hex>` or `keyid:<16 hex>`; kept for clients. */
  packageSigningFingerprint: string | undefined;
  /** Ecosystems of the OSV database; kept for clients. */
  osvConfig: { name: string; releases: string[] }[] | undefined;
  /** Group or user that it belongs to. */
  owner: string | undefined;
  /** Catalog entity that it belongs to. */
  entity: string | undefined;
}

/** A repository: a name for a line of immutable versions, and how they are made. */
export interface RepositoryRecord extends RepositoryFields {
  id: number;
  uuid: string;
  createdAt: string;
  updatedAt: string;
  remoteUuid: string | undefined;
  createdBy: string | undefined;
  latestVersion: { id: number; number: number };
}

/** What an update did: nothing, or a task that will change the repository. */
export interface RepositoryUpdate {
  repository: RepositoryRecord;
  /** Undefined when the input equals what is stored. */
  task: string | undefined;
}

/** A change of content, by hrefs or PRNs. */
export interface ModifyInput {
  add: readonly string[];
  /** Units, or everything. */
  remove: readonly string[] | '*';
  baseVersion: string | undefined;
  /** False: fail when a unit would replace another one. */
  overwrite: boolean;
  reason: string | undefined;
  /** Only tell what would happen. */
  dryRun: boolean;
}

export interface CallOptions {
  credentials: BackstageCredentials;
  correlationId?: string;
}

export interface ListOptions extends CallOptions {
  /** Narrows to what the caller may see; all when absent. */
  visible?: Visibility;
}

/** Repositories: create, read, change settings and content, delete. */
export interface RepositoryService {
  list(
    filters: ListQuery,
    options: ListOptions,
  ): Promise<RowPage<RepositoryRecord>>;
  /** @throws NotFoundError */
  get(uuid: string, options: CallOptions): Promise<RepositoryRecord>;
  /**
   * Creates a repository with its empty version 0.
   *
   * @throws InvalidInputError
   */
  create(
    input: RepositoryInput,
    options: CallOptions,
  ): Promise<RepositoryRecord>;
  /**
   * @param replace - fields that are absent fall back to their defaults (PUT)
   * @param dryRun - only tell in the task's result what would no longer be kept; there always is one
   * @throws InvalidInputError, NotFoundError
   */
  update(
    uuid: string,
    patch: RepositoryPatch,
    options: CallOptions & { replace: boolean; dryRun: boolean },
  ): Promise<RepositoryUpdate>;
  /** @returns the task's UUID */
  delete(uuid: string, options: CallOptions): Promise<string>;
  /**
   * Queues a change of content, which makes a version unless nothing would change, or the trial of
   * one.
   *
   * @returns the task's UUID
   * @throws InvalidInputError naming the references that lead nowhere, NotFoundError
   */
  modify(
    uuid: string,
    input: ModifyInput,
    options: CallOptions,
  ): Promise<string>;
}

/** The versions of repositories. */
export interface VersionService {
  /** @param repositoryUuid - the versions of all repositories when undefined */
  list(
    repositoryUuid: string | undefined,
    filters: ListQuery,
    options: ListOptions,
  ): Promise<RowPage<VersionRecord>>;
  /** @throws NotFoundError */
  get(
    repositoryUuid: string,
    number: number,
    options: CallOptions,
  ): Promise<VersionRecord>;
  /**
   * Queues a look at the stored files of the version, and the repair of those that are damaged.
   *
   * @returns the task's UUID
   * @throws NotFoundError
   */
  repair(
    repositoryUuid: string,
    number: number,
    options: CallOptions & { verifyChecksums: boolean },
  ): Promise<string>;
  /**
   * @returns the task's UUID
   * @throws InvalidInputError when the version is distributed, NotFoundError
   */
  delete(
    repositoryUuid: string,
    number: number,
    options: CallOptions,
  ): Promise<string>;
}

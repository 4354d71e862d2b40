import type { RepositoryFields } from '../types';

/** What retention looks at of a version. */
export interface RetainableVersion {
  id: number;
  number: number;
}

/** A publication that is a checkpoint. */
export interface RetainableCheckpoint {
  uuid: string;
  stamp: string;
}

/**
 * Why a version is needed: a distribution serves it, its checkpoint is served, or a task that waits
 * or runs relies on it.
 */
export type VersionProtection =
  | { kind: 'distribution' | 'task'; uuid: string; name: string }
  | ({ kind: 'checkpoint' } & RetainableCheckpoint);

/** What retention decides on. */
export interface RetentionFacts {
  /** Newest first. */
  versions: RetainableVersion[];
  /** By version id; versions that nobody needs are absent. */
  protections: ReadonlyMap<number, VersionProtection[]>;
  checkpoints: RetainableCheckpoint[];
}

/** How many to keep; all when undefined. */
export type RetentionSettings = Partial<
  Pick<RepositoryFields, 'retainRepoVersions' | 'retainCheckpoints'>
>;

/** What a repository's retention comes to; the lists of a rule that is off are empty. */
export interface RetentionPlan {
  /** Deleted; newest first. */
  surplusVersions: RetainableVersion[];
  keptVersions: {
    version: RetainableVersion;
    /** Undefined: among the newest that nobody needs. */
    protection: VersionProtection | undefined;
  }[];
  /** Un-marked, their publications and versions stay; newest first. */
  surplusCheckpoints: RetainableCheckpoint[];
  keptCheckpoints: RetainableCheckpoint[];
}

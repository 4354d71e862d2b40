import type { ContentType } from '../identifiers';

/** Number of units by content type; types without units are left out. */
export type UnitCounts = Partial<Record<ContentType, number>>;

/** An immutable version of a repository. */
export interface VersionRecord {
  id: number;
  uuid: string;
  repositoryId: number;
  repositoryUuid: string;
  number: number;
  createdAt: string;
  updatedAt: string;
  /** The version whose content this one started from, when not its predecessor. */
  baseVersion: { repositoryUuid: string; number: number } | undefined;
  counts: { added: UnitCounts; removed: UnitCounts; present: UnitCounts };
  /**
   * It holds no more versions than this of any package, by name and arch and modular ones aside;
   * undefined when nobody has seen to that.
   */
  retainedPackageVersions: number | undefined;
  createdBy: string | undefined;
  reason: string | undefined;
  /** The operation that made it and what it was given. */
  inputs: Record<string, unknown>;
}

/** What a new version shall be, relative to the latest or to a base version. */
export interface NewVersionRequest {
  repositoryId: number;
  /** Start from the content of this version (of any repository) instead of the latest. */
  baseVersionId?: number;
  /** Unit ids. A unit in both lists ends up present. */
  add: readonly number[];
  /** Unit ids, or everything. */
  remove: readonly number[] | '*';
  /** False: a unit that would replace another one fails the task. Default true. */
  overwrite?: boolean;
  createdBy: string | undefined;
  reason?: string;
  inputs: Record<string, unknown>;
}

/** Why a unit is not in the new version although nobody asked to remove it, or was asked to. */
export type RemovalReason =
  | { kind: 'requested' }
  | { kind: 'base' }
  | { kind: 'replaced'; byUnitId: number }
  | { kind: 'module-removed'; modulemdId: number }
  | { kind: 'retention' }
  /** Another advisory of the same id was kept, or one that both were merged into. */
  | { kind: 'advisory'; keptUnitId: number };

/** What making a version comes to: the plan that is previewed, applied and kept. */
export interface VersionPlan {
  repositoryId: number;
  baseVersionId: number | undefined;
  /** The version the plan was made against; applying fails when it is not the latest any more. */
  latestVersionId: number;
  /** Relative to the latest version. */
  added: number[];
  removed: { unitId: number; reason: RemovalReason }[];
  /** Asked for, absent from the latest version, and yet not coming in. */
  rejected: { unitId: number; reason: RemovalReason }[];
  /** As in the version that comes of it. */
  retainedPackageVersions?: number;
}

/** What came of it: a new version, or none because nothing would change. */
export type VersionOutcome =
  | { outcome: 'created'; version: VersionRecord; plan: VersionPlan }
  | { outcome: 'unchanged'; version: VersionRecord; plan: VersionPlan };

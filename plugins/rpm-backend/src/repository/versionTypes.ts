import type { Advisory } from '@rpmportal/rpm-format';
import type { ModuleMapping } from '../database/operations/versions';
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
  /** Instead of the repository's own setting: to see what another one would do. */
  retainPackageVersions?: number;
  /**
   * The content is that of a source that is followed: when it lacks a package of one of its modules
   * that is told, and never refused.
   */
  followsSource?: boolean;
  /** What a rule found that chose the units to remove, where the caller did not name them. */
  chosen?: RemovalChoice;
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
  /** The newest of its name and arch makes it one too many. */
  | { kind: 'retention'; newestUnitId: number }
  | { kind: 'pruned'; newestUnitId: number }
  /** Another advisory of the same id was kept, or one that both were merged into. */
  | { kind: 'advisory'; keptUnitId: number };

/** A unit that leaves, or does not come. */
export interface RemovedUnit {
  unitId: number;
  reason: RemovalReason;
}

/** A unit that a rule which removes old ones looked at and spared. */
export interface KeptUnit {
  unitId: number;
  /** Among the newest; a module's; not long enough in the repository. */
  reason: 'newest' | 'modular' | 'recent';
}

/** What a rule says of the units that it looked at. */
export interface RemovalChoice {
  /** By unit id, of the units to remove. */
  reasons: ReadonlyMap<number, RemovalReason>;
  kept: readonly KeptUnit[];
}

/** Of several advisories with one id, the one that the version holds. */
export interface AdvisoryDecision {
  advisoryId: string;
  decision: 'incoming' | 'existing' | 'merged';
  keptUnitId: number;
  droppedUnitIds: number[];
}

/** An advisory that others are merged into and that is no unit yet. */
export interface MergedAdvisory {
  /** Negative: stands for the unit in the plan until the advisory is stored. */
  unitId: number;
  advisory: Advisory;
}

/** Units whose files would be in each other's way. */
export interface PathOverlap {
  /** Below the repository's root. */
  path: string;
  unitIds: number[];
}

/** What making a version comes to: the plan that is previewed, applied and kept. */
export interface VersionPlan {
  repositoryId: number;
  baseVersionId: number | undefined;
  /** The version the plan was made against; applying fails when it is not the latest any more. */
  latestVersionId: number;
  /** Relative to the latest version. */
  added: number[];
  removed: RemovedUnit[];
  /** Asked for, absent from the latest version, and yet not coming in. */
  rejected: RemovedUnit[];
  /** In the starting content or asked for; only those that a rule had reason to look at. */
  kept: KeptUnit[];
  advisoryDecisions: AdvisoryDecision[];
  mergedAdvisories: MergedAdvisory[];
  /** Of what comes in, with each other and with what is there. */
  pathOverlaps: PathOverlap[];
  /** Packages that leave on request although a module of the version names them; to be told. */
  modularLosses: ModuleMapping[];
  /** As in the version that comes of it. */
  retainedPackageVersions?: number;
}

/** What came of it: a new version, or none because nothing would change. */
export interface VersionOutcome {
  outcome: 'created' | 'unchanged';
  /** The new version, or the latest one. */
  version: VersionRecord;
  plan: VersionPlan;
  /** What the repository's `retain_repo_versions` did not keep then. */
  deletedVersions: readonly Pick<VersionRecord, 'number'>[];
}

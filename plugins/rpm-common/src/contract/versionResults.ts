/** A unit by what the API and people call it. @public */
export interface NamedUnit {
  /** Null for what does not exist yet (an advisory that a dry run would merge) or any more. */
  pulp_href: string | null;
  /** NEVRA, `module:stream:version:context:arch`, advisory id, … */
  label: string;
}

/** Why a unit comes in. @public */
export type AdditionReason =
  | 'requested'
  /** The base version holds it. */
  | 'base'
  /** Several advisories of one id became this one. */
  | 'merged';

/** Why a unit leaves, or does not come although it was asked for. @public */
export type RemovalReasonName =
  | 'requested'
  /** The base version does not hold it. */
  | 'base'
  /** A unit came in whose place it had. */
  | 'replaced'
  /** Its module left. */
  | 'module-removed'
  /** `retain_package_versions` keeps newer ones. */
  | 'retention'
  | 'pruned'
  /** Another advisory of its id stays, or one that it was merged into. */
  | 'advisory';

/** Why a rule that removes old units spared one that it looked at. @public */
export type KeepReasonName =
  /** Among the newest of its name and architecture. */
  | 'newest'
  /** Belongs to a module. */
  | 'modular'
  /** Not long enough in the repository. */
  | 'recent';

/** A unit that leaves, or does not come, and what made it so. @public */
export interface RemovedUnit extends NamedUnit {
  reason: RemovalReasonName;
  because_of: NamedUnit | null;
}

/** Which of several advisories with one id a version holds. @public */
export interface AdvisoryDecision {
  /** What the advisories call themselves, `RHSA-2024:1`. */
  id: string;
  /** The one that came, one that was there, or a new one that says what they say together. */
  decision: 'incoming' | 'existing' | 'merged';
  kept: NamedUnit;
  dropped: NamedUnit[];
}

/**
 * Units whose files a publication cannot all have: of one path, or one where another has a folder.
 *
 * @public
 */
export interface PathOverlap {
  path: string;
  units: NamedUnit[];
}

/** A package and a module that names it as its artifact, apart from each other. @public */
export interface ModularWarning {
  sentence: string;
  package: NamedUnit;
  module: NamedUnit;
}

/** Units by content type. @public */
export type ChangeCounts = Record<
  'added' | 'removed' | 'present',
  Record<string, number>
>;

/** What a task tells of a version that it made or did not need to make. @public */
export interface VersionResult {
  outcome: 'created' | 'unchanged';
  /** The new version, or the latest one when nothing changed. */
  version: string;
  number: number;
  counts: ChangeCounts;
  /** Units that left, or did not come, although nobody asked for just that: the first 100. */
  consequences: RemovedUnit[];
  consequence_count: number;
  advisory_decisions: AdvisoryDecision[];
  advisory_decision_count: number;
  path_overlaps: PathOverlap[];
  path_overlap_count: number;
  /** What the repository's `modular_removal` tells of: the first 100. */
  warnings: ModularWarning[];
  warning_count: number;
  /** The versions that `retain_repo_versions` did not keep: hrefs of the first 100. */
  deleted_versions: string[];
  deleted_version_count: number;
}

/** What a task would do that only tries: nothing is written. Lists name the first 100. @public */
export interface DryRunResult {
  dry_run: true;
  /** What it would be. */
  outcome: 'created' | 'unchanged';
  /** The version that the new one would follow. */
  version: string;
  counts: ChangeCounts;
  added: (NamedUnit & { reason: AdditionReason })[];
  added_count: number;
  removed: RemovedUnit[];
  removed_count: number;
  /** Units asked for that would not come in. */
  rejected: RemovedUnit[];
  rejected_count: number;
  /** What a rule that removes old units looked at and spared. */
  kept: (NamedUnit & { reason: KeepReasonName })[];
  kept_count: number;
  advisory_decisions: AdvisoryDecision[];
  advisory_decision_count: number;
  path_overlaps: PathOverlap[];
  path_overlap_count: number;
  warnings: ModularWarning[];
  warning_count: number;
}

/** What retention does to the versions or the checkpoints of a repository. @public */
export interface RetentionSide {
  removed: { pulp_href: string; label: string; reason: 'retention' }[];
  removed_count: number;
  kept: {
    pulp_href: string;
    /** A version's number, a checkpoint's time stamp. */
    label: string;
    /**
     * Among the newest, or needed: by the distribution, the checkpoint or the unfinished task that
     * `because_of` names.
     */
    reason: 'newest' | 'distribution' | 'checkpoint' | 'task';
    because_of: { pulp_href: string; label: string } | null;
  }[];
  kept_count: number;
}

/** What a change of a repository's settings did to its versions and checkpoints. @public */
export interface RetentionResult {
  /** Versions that were deleted, or would be. */
  versions: RetentionSide;
  /** Checkpoints that were un-marked, or would be. */
  checkpoints: RetentionSide;
}

/**
 * What a change of a repository's settings would do: to versions and checkpoints at once, to units
 * with the next version that is made.
 *
 * @public
 */
export type SettingsDryRunResult = DryRunResult & RetentionResult;

/**
 * What a copy takes along besides what was asked for. Plain data: it can be sent between threads,
 * stored and compared. Independent of the order of packages, relations and requested units.
 */
export interface ClosurePlan {
  /** In the order of the request. */
  entries: EntryPlan[];
  /** What could not be met, by entry, requirer and requirement. */
  missing: MissingRequirement[];
  /** The links of all chains; see {@link PlanStep.previous}. */
  steps: PlanStep[];
}

export interface EntryPlan {
  /** The entry's id. */
  entry: string;
  /** Packages in the order of name, EVR and architecture, then modules. */
  added: AddedUnit[];
  /** Requested units that the source does not hold. They are left out. */
  ignored: number[];
}

/** A unit that comes along, from the entry's source into its destination. */
export interface AddedUnit {
  unit: number;
  kind: 'package' | 'module';
  /** Position in {@link ClosurePlan.steps} of the last link of the unit's chain. */
  step: number;
}

/** Why a unit is part of the plan. */
export type StepReason =
  /** It was asked for. */
  | 'requested'
  /** It provides what the package before it requires. */
  | 'requires'
  /** The package before it recommends it. */
  | 'recommends'
  /** It supplements the package before it. */
  | 'supplements'
  /** It is an artifact of the module before it. */
  | 'artifact'
  /** It is the module that the package before it belongs to. */
  | 'module'
  /** It is a module stream that the module before it requires. */
  | 'stream';

/** One link of a chain that leads from a requested unit to an added one. */
export interface PlanStep {
  unit: number;
  kind: 'package' | 'module';
  /** `name-[epoch:]version-release.arch`, or `name:stream:version:context:arch` of a module. */
  label: string;
  reason: StepReason;
  /** The relation, for all but artifacts and modules; the unit's own for `supplements`. */
  requirement?: string;
  /** Whether the unit is requested, already in the destination, or copied on account of the chain. */
  presence: 'requested' | 'held' | 'copied';
  /** Position of the link before this one; absent at the start of a chain. */
  previous?: number;
}

/** Why a requirement stays unmet. */
export type MissingProblem =
  /** No source and no destination of the request has what is required. */
  | 'nothing-provides'
  /** Only packages provide it that cannot be installed along with the one that requires it. */
  | 'conflict'
  /** It can be met, but not along with what else the unit needs. */
  | 'not-together'
  /** No source and no destination of the request has the module stream. */
  | 'no-module';

/** A requirement that cannot be met. The rest of the plan is not affected by it. */
export interface MissingRequirement {
  /** Id of the entry by which the requiring unit is copied, or on whose account it is looked at. */
  entry: string;
  problem: MissingProblem;
  /**
   * As in the metadata: `libfoo.so.1()(64bit)`, `foo >= 2`, a rich dependency, `name:stream`. Empty for
   * a package that conflicts with itself or is for other machines.
   */
  requirement: string;
  /** The unit that requires it. */
  unit: number;
  /**
   * The requiring unit is in the destination already. Of those, each requirement is named once,
   * and only when no copied unit has the same.
   */
  held: boolean;
  /** Position in {@link ClosurePlan.steps} of the requiring unit's own chain. */
  step: number;
  /** One sentence for people. */
  sentence: string;
}

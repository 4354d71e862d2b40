import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CopyPreview,
  CopyResult,
  KeepReasonName,
  ListQuery,
  MissingRequirement,
  PlanCause,
  PlanChange,
  PlanState,
  PlanUnit,
  RemovalReasonName,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { ClosureRequest } from '@rpmportal/rpm-solver';
import type { RowPage } from '../database/pages';
import type { Visibility } from '../permissions/AccessControl';
import type { VersionRecord } from '../repository';

/**
 * Why a unit comes, from what was asked for to it: units that belong together, then what of it the
 * solver says.
 */
export type Explanation = (
  | {
      unitId: number;
      relation:
        | 'requested'
        | 'listed'
        | 'member'
        | 'artifact'
        | 'companion'
        | 'module';
    }
  | { text: string }
)[];

/** The units that an explanation names by their ids. */
export function unitsIn(explanation: Explanation): number[] {
  return explanation.flatMap(part => ('unitId' in part ? part.unitId : []));
}

/** A version that a plan is about. It may be deleted since. */
export interface PlanVersion {
  repositoryId: number;
  repositoryUuid: string;
  versionId: number;
  number: number;
}

/** What a version is to a plan. */
export const PLAN_ROLES = [
  /** Units come from it. */
  'source',
  /** The latest one of a destination, which the plan was made for. */
  'base',
  /** The one that a destination starts from instead of its latest. */
  'start',
  /** The plan has made it. */
  'applied',
] as const;

export type PlanRole = (typeof PLAN_ROLES)[number];

/**
 * The versions of a plan by role. Those of `start` and `applied` are at the position of their
 * destination among the bases; a destination may have none.
 */
export type PlanVersions = Record<PlanRole, (PlanVersion | undefined)[]>;

/** What a plan is made of besides its lists. */
export interface NewPlan {
  uuid: string;
  state: PlanState;
  createdBy: string | undefined;
  reason: string | undefined;
  taskId: number;
  digest: string;
  /** Time stamp. */
  expiresAt: string;
  inputs: PlanInputs;
  result: CopyPreview | CopyResult;
  /** Why it may never be applied, in one sentence. */
  refusal: string | undefined;
  versions: PlanVersions;
}

/** What was asked for, in hrefs. */
export interface PlanInputs extends Record<string, unknown> {
  config: { dest_repo: string; [key: string]: unknown }[];
}

/** A plan as lists read it. */
export interface PlanHead extends Omit<NewPlan, 'taskId' | 'result'> {
  id: number;
  createdAt: string;
  updatedAt: string;
  /** Undefined when its record is deleted. */
  taskUuid: string | undefined;
}

export interface PlanRecord extends PlanHead, Pick<NewPlan, 'result'> {}

/** What the solver was asked; entries name versions as `versionKey` does. */
export type SolverQuestion = Omit<ClosureRequest, 'shouldCancel'>;

/** Writes down problems of the solver. */
export interface ProblemWriter {
  /**
   * A question with what the solver knows of the versions that it is about.
   *
   * @returns gzipped lines of JSON
   */
  writeProblem(
    signal: AbortSignal,
    versions: readonly VersionRecord[],
    question: SolverQuestion,
  ): AsyncIterable<Uint8Array>;
}

/** The lists of plans. */
export type PlanList =
  /** What becomes of which units. */
  | 'units'
  | 'missing'
  /** Per destination all units to be added, also those that it has. */
  | 'additions'
  /** What the solver was asked. */
  | 'question';

/** What all units of a piece have in common. */
export interface PlanSection {
  /** Position among the bases. */
  destination: number;
  change: PlanChange;
  /** Why they come, leave or stay. */
  cause: PlanCause | RemovalReasonName | KeepReasonName;
}

/** A piece of a list, ready to be stored. */
export interface PlanPart {
  list: PlanList;
  section: Partial<PlanSection>;
  count: number;
  /** Gzipped JSON of an array. */
  content: Buffer;
}

export interface PlanUnitQuery {
  limit: number;
  offset: number;
  changes?: readonly PlanChange[];
  causes?: readonly PlanCause[];
  /** Reference of a destination. */
  repository?: string;
}

export interface CallOptions {
  credentials: BackstageCredentials;
  correlationId?: string;
}

/** A plan with what is known of it now. */
export interface CurrentPlan<T extends PlanHead = PlanRecord> {
  plan: T;
  /** Why it cannot be applied, in one sentence. */
  stale: string | undefined;
}

/** Reads and applies stored plans. */
export interface PlanService {
  list(
    filters: ListQuery,
    options: CallOptions & { visible?: Visibility },
  ): Promise<RowPage<CurrentPlan<PlanHead>>>;
  /** @throws NotFoundError */
  get(uuid: string, options: CallOptions): Promise<CurrentPlan>;
  units(
    uuid: string,
    query: PlanUnitQuery,
    options: CallOptions,
  ): Promise<RowPage<PlanUnit>>;
  missing(
    uuid: string,
    query: { limit: number; offset: number },
    options: CallOptions,
  ): Promise<RowPage<MissingRequirement>>;
  /**
   * What the solver was asked, with what it knew, so that it can be asked again elsewhere.
   *
   * @returns gzipped lines of JSON
   * @throws ConflictError when a version of it is gone, or nothing was solved
   */
  problem(
    uuid: string,
    options: CallOptions & { signal: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Queues the task that carries out a plan.
   *
   * @returns the task's UUID
   * @throws ConflictError when it cannot be applied (any more)
   */
  apply(
    uuid: string,
    input: { reason: string | undefined },
    options: CallOptions,
  ): Promise<string>;
}

import type {
  ClosureRequest,
  InstallabilityReport,
} from '@rpmportal/rpm-solver';
import type { VersionRecord } from '../repository';
import type { TaskContext } from '../tasks/types';
import type { SolvedClosure } from './shortenPlan';

/** What a copy asks of the solver. Entries name versions as {@link versionKey} does. */
export interface SolveInput extends Omit<ClosureRequest, 'shouldCancel'> {
  /** As many missing requirements as are told one by one; all are counted. */
  keptMissing: number;
  /** Requirements that may be missing: in full, or by the name alone. */
  allowMissing: readonly string[];
}

/** What a report on a version asks of the solver. */
export interface InstallabilityInput {
  /** Whose packages are examined. */
  version: string;
  /** What may be used besides to meet their requirements. */
  contexts: string[];
  /** The machine architectures to judge for; those that the version's packages are for when empty. */
  architectures: string[];
}

/** Some of the broken packages of a report, as they are kept: gzipped JSON of `BrokenPackage`s. */
export interface ReportPart {
  count: number;
  content: Uint8Array;
}

/** A report whose broken packages are in parts, so that the thread that answers requests reads few. */
export interface PackedReport extends Omit<InstallabilityReport, 'broken'> {
  /** By name, EVR, architecture and machine. */
  parts: ReportPart[];
}

/** Solves in worker threads, on what is known of the packages and modules of versions. */
export interface SolverService {
  /**
   * Plans which dependencies come along with a copy.
   *
   * @param versions - all that the entries name as source or destination, each once
   * @throws AbortError when the task is cancelled, TaskError when it takes too long
   */
  solveCopy(
    context: Pick<TaskContext, 'signal' | 'progress'>,
    versions: readonly VersionRecord[],
    input: SolveInput,
  ): Promise<SolvedClosure>;
  /**
   * Finds the packages of a version that cannot be installed from it and its contexts.
   *
   * @throws AbortError when the signal says so
   */
  reportInstallability(
    signal: AbortSignal,
    version: VersionRecord,
    contexts: readonly VersionRecord[],
    architectures: readonly string[],
  ): Promise<PackedReport>;
}

/** How the solver calls a version. */
export function versionKey({ id }: Pick<VersionRecord, 'id'>): string {
  return String(id);
}

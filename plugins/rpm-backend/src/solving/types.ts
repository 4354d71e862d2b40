import type { ClosureRequest } from '@rpmportal/rpm-solver';
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

/** One reason why a package cannot be installed. */
export interface InstallabilityProblem {
  /** As metadata spells it; empty when the package itself is in the way. */
  requirement: string;
  /** A word for programs. */
  problem: string;
  /** One sentence for people. */
  sentence: string;
}

/** A package that the versions of a report cannot keep installable. */
export interface BrokenPackage {
  unit: number;
  /** `name-[epoch:]version-release.arch`. */
  label: string;
  /** The machine on which it is broken; undefined when there is no choice of machines. */
  architecture: string | undefined;
  problems: InstallabilityProblem[];
}

export interface InstallabilityReport {
  /** Machine architectures that were judged for. */
  architectures: string[];
  /** Packages that were examined. */
  packageCount: number;
  /** By name, EVR and architecture. */
  broken: BrokenPackage[];
}

/** Solves in worker threads, on what is known of the packages and modules of versions. */
export interface SolverService {
  /**
   * Plans which dependencies come along with a copy.
   *
   * @param versions - all that the entries name as source or destination, each once
   * @throws AbortError when the task is cancelled
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
  ): Promise<InstallabilityReport>;
}

/** How the solver calls a version. */
export function versionKey({ id }: Pick<VersionRecord, 'id'>): string {
  return String(id);
}

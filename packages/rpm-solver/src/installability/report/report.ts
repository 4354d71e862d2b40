import type { Cancellation } from '../../cancellation';

/** What a report on a repository version is about. */
export interface InstallabilityRequest extends Cancellation {
  /** Key of the version in the pool whose packages are examined. */
  repository: string;
  /** Keys of versions that may be used besides, as a machine that has them enabled would. */
  contexts?: readonly string[];
  /**
   * The machine architectures to judge for (`x86_64`). By default those that the version's packages are
   * built for, and if they are all `noarch`, those of the contexts.
   */
  architectures?: readonly string[];
}

/** Which packages of a version cannot be installed, and why. Plain data. */
export interface InstallabilityReport {
  /** Those that were judged for, sorted; `noarch` alone where there is no other. */
  architectures: string[];
  /**
   * Packages that were examined: those that one of the machines takes. Sources are built, not installed,
   * and are no part of it.
   */
  packageCount: number;
  /** How many of them are broken on one machine or more. */
  brokenCount: number;
  /** By name, EVR, architecture and then machine. */
  broken: BrokenPackage[];
}

/** A package that a machine cannot install from the versions. */
export interface BrokenPackage {
  unit: number;
  /** `name-[epoch:]version-release.arch`. */
  label: string;
  /** The machine that cannot install it. */
  architecture: string;
  /** The first {@link MAX_PROBLEMS}, causes of their own before those of other packages. */
  problems: InstallabilityProblem[];
  /** All of them. */
  problemCount: number;
}

/** As many problems of a package as are told one by one: without its C library it may have hundreds. */
export const MAX_PROBLEMS = 10;

/** Why a package cannot be installed, as a word. */
export type InstallabilityProblemKind =
  /** Nothing there has what is required. */
  | 'nothing-provides'
  /** What provides it cannot be installed itself. */
  | 'not-installable'
  /** Only packages provide it that cannot be installed along with the one that requires it. */
  | 'conflict'
  /** It can be had, but not along with what else the package needs. */
  | 'not-together'
  /** The package belongs to a module that requires a module that is not there. */
  | 'no-module';

/** One reason why a package cannot be installed. */
export interface InstallabilityProblem {
  /**
   * As in the metadata: `libfoo.so.1()(64bit)`, `foo >= 2`, a rich dependency, `name:stream` of a module.
   * Empty for a package that conflicts with itself.
   */
  requirement: string;
  problem: InstallabilityProblemKind;
  /** One sentence for people. */
  sentence: string;
}

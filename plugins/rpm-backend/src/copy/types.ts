import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CopyEntry,
  MissingPolicy,
  ModularPolicy,
} from '@rpmportal/backstage-plugin-rpm-common';

/** How a copy is to be made. */
export interface CopyOptions {
  /** Bring what the copied packages and modules need. */
  dependencySolving: boolean;
  /** Bring the newest of what they need, though the destination has something that does. */
  dependencyUpgrade: boolean;
  /** Also bring what is recommended and supplemented. */
  weakDependencies: boolean;
  /** Bring what source packages need to be built. */
  sourceRequires: boolean;
  /** Of machines to serve; by default those that destinations and packages are for. */
  architectures: readonly string[] | undefined;
  /** What becomes of the copy when requirements are missing that may not be. */
  onMissing: MissingPolicy;
  /** Requirements that may be missing: in full, or by the name alone. */
  allowMissing: readonly string[];
  /** What becomes of packages that would come without any of their modules. */
  modularPackages: ModularPolicy;
  /** Only plan it. */
  dryRun: boolean;
  reason: string | undefined;
}

/** A copy as it was asked for, in hrefs and PRNs. */
export interface CopyInput extends CopyOptions {
  /** At least one. */
  entries: readonly CopyEntry[];
}

/** What the task of a copy is given, references looked up. */
export interface CopyTaskInput extends CopyOptions {
  entries: CopyTaskEntry[];
}

export interface CopyTaskEntry {
  sourceVersionId: number;
  destinationId: number;
  baseVersionId?: number;
  /** Unit ids; everything in the source when absent. */
  content?: number[];
}

export interface CallOptions {
  credentials: BackstageCredentials;
  correlationId?: string;
}

/** Copies units between repositories, with everything that belongs to them. */
export interface CopyService {
  /**
   * Queues a copy. All destinations change together, each by one version.
   *
   * @returns the task's UUID
   * @throws InvalidInputError naming the references that lead nowhere
   */
  copy(input: CopyInput, options: CallOptions): Promise<string>;
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CopyEntry } from '@rpmportal/backstage-plugin-rpm-common';

/** A copy as it was asked for, in hrefs and PRNs. */
export interface CopyInput {
  /** At least one. */
  entries: readonly CopyEntry[];
  /** Bring what the copied packages and modules need. */
  dependencySolving: boolean;
  /** Bring the newest of what they need, though the destination has something that does. */
  dependencyUpgrade: boolean;
  reason: string | undefined;
}

/** What the task of a copy is given, references looked up. */
export interface CopyTaskInput extends Omit<CopyInput, 'entries'> {
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

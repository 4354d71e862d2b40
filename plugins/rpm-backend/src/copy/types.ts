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

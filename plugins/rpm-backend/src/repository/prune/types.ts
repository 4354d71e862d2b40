import type { CallOptions } from '../types';

/** Which repositories to prune, and how. */
export interface PruneInput {
  /** References to repositories, or all. */
  repositories: readonly string[] | '*';
  /** Packages that came later than this stay. */
  keepDays: number;
  /** Only tell what would be removed. */
  dryRun: boolean;
}

/** Removes old packages from repositories. */
export interface PruneService {
  /**
   * @returns the UUID of a group with one task for each repository
   * @throws InvalidInputError
   */
  prune(input: PruneInput, options: CallOptions): Promise<string>;
}

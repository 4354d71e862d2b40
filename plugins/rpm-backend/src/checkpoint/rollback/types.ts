import type { CallOptions } from '../../repository';

/** What to go back to; exactly one of `version` and `checkpoint`. */
export interface RollbackInput {
  /** Number, href or PRN of a version of the repository. */
  version: number | string | undefined;
  /** Time stamp, href or PRN of a checkpoint of the repository. */
  checkpoint: string | undefined;
  /** Why; kept with the version. */
  reason: string;
  /** Publish the version that comes of it. */
  publish: boolean;
}

/** Goes back to what a repository held, by a new version: nothing that was is lost. */
export interface RollbackService {
  /**
   * Queues the making of a version with exactly the content of an earlier one.
   *
   * @returns the task's UUID
   * @throws NotFoundError, InvalidInputError naming what leads nowhere
   */
  rollback(
    repositoryUuid: string,
    input: RollbackInput,
    options: CallOptions,
  ): Promise<string>;
}

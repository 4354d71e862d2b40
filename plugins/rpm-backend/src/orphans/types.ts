import type { CallOptions } from '../repository';

/** What to clean up. */
export interface OrphanInput {
  /** References to units; all when undefined. Stored files are looked at in any case. */
  units: readonly string[] | undefined;
  /** Minutes for which what nobody holds is spared after it was wanted; a setting when undefined. */
  protectionMinutes: number | undefined;
}

/** Deletes units that no repository holds, and stored files that nothing uses. */
export interface OrphanService {
  /**
   * @returns the task's UUID
   * @throws InvalidInputError naming the units that there are not
   */
  cleanUp(input: OrphanInput, options: CallOptions): Promise<string>;
}

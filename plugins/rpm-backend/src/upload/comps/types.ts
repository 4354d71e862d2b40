import type { CallOptions } from '../../repository';
import type { SentFile } from '../types';

/** A comps file that came with a request. */
export interface CompsUpload {
  file: SentFile;
  /** Reference to the repository that the units are added to; to none when undefined. */
  repository: string | undefined;
  /** Whether they take the place of all units of their kind. */
  replace: boolean;
  reason: string | undefined;
}

/** Takes in comps files: groups, categories, environments and langpacks. */
export interface CompsUploadService {
  /**
   * @returns the task's UUID
   * @throws InvalidInputError, NotAllowedError
   */
  upload(input: CompsUpload, options: CallOptions): Promise<string>;
}

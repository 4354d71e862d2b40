import type { Visibility } from '../../permissions/AccessControl';
import type { CallOptions } from '../../repository';
import type { Destination, FileSource } from '../types';

/** A whole modules.yaml that came with a request, as a file or a text. */
export interface ModulesUpload {
  source: FileSource | { text: string };
  destination: Destination;
}

/** Takes in whole files of modules: all documents of one, or none. */
export interface ModulesUploadService {
  /**
   * Reads the file and queues the task that makes its units.
   *
   * @param options - `visible` is what the caller may see; everything when absent
   * @returns the task's UUID
   * @throws InvalidInputError with a sentence for each document that cannot be accepted
   */
  upload(
    input: ModulesUpload,
    options: CallOptions & { visible?: Visibility; signal?: AbortSignal },
  ): Promise<string>;
}

import type { PackageDraft } from '../../content-units/packageDraft';
import { fromTimestamp } from '../../database/time';
import type { Artifact, ArtifactStorage } from '../../storage/types';
import { TaskError } from '../../tasks/errors';
import type { WorkerPool } from '../../workers/types';
import { READ_RPM } from '../jobs';
import type { ReadRpmInput } from '../jobs/readRpmJob';

const UNREADABLE = 'RPM file cannot be parsed for metadata: ';

/** Reads the headers of .rpm files in threads. */
export class RpmReader {
  readonly #storage: ArtifactStorage;
  readonly #threads: WorkerPool;

  constructor(options: { storage: ArtifactStorage; threads: WorkerPool }) {
    this.#storage = options.storage;
    this.#threads = options.threads;
  }

  /**
   * @param fileName - how to call the file in sentences
   * @throws TaskError when it is no sound RPM file
   */
  async read(
    artifact: Artifact,
    fileName: string,
    signal?: AbortSignal,
  ): Promise<PackageDraft> {
    const input: ReadRpmInput = {
      path: this.#storage.pathOf(artifact),
      size: artifact.size,
      sha256: artifact.sha256,
      time: Math.floor(fromTimestamp(artifact.createdAt).toSeconds()),
    };
    try {
      return await this.#threads.run<ReadRpmInput, PackageDraft>(
        READ_RPM,
        input,
        { signal },
      );
    } catch (error) {
      // Of a class in a thread the name survives.
      if ((error as Error).name !== 'RpmHeaderError') throw error;
      const reason = (error as Error).message.replace(UNREADABLE, '');
      throw new TaskError('RPM0000', `${UNREADABLE}${fileName}: ${reason}.`);
    }
  }
}

import type { Knex } from 'knex';
import type { ModulemdUnitDocument } from '../../content-units/modulemdDraft';
import { readArtifact } from '../../database/operations/artifacts';
import type { ArtifactStorage } from '../../storage/types';
import type { MetadataFile } from '../../sync/jobs/MetadataFile';
import { TaskError } from '../../tasks';
import type { WorkerPool } from '../../workers';
import { READ_MODULES, type ReadModulesOutput } from './readModulesJob';

/** Sentences that are told of one file. */
const NAMED = 100;

/** A stored file, and how to call it in sentences. */
export interface StoredModules {
  artifactId: number;
  fileName: string;
}

/** Reads whole files of modules in threads. */
export class ModulesFileReader {
  readonly #knex: Knex;
  readonly #threads: WorkerPool;
  readonly #storage: ArtifactStorage;

  constructor(options: {
    knex: Knex;
    threads: WorkerPool;
    storage: ArtifactStorage;
  }) {
    this.#knex = options.knex;
    this.#threads = options.threads;
    this.#storage = options.storage;
  }

  /**
   * @param onDocuments - gets the documents in batches, each once
   * @throws TaskError when the file is gone or cannot be read at all
   */
  async read(
    { artifactId, fileName }: StoredModules,
    options: {
      signal?: AbortSignal;
      onDocuments?: (documents: ModulemdUnitDocument[]) => Promise<void>;
    },
  ): Promise<ReadModulesOutput> {
    const artifact = await readArtifact(this.#knex, { id: artifactId });
    if (!artifact) {
      throw new TaskError('PLP0005', 'The file is not there any more.');
    }
    const file: MetadataFile = {
      path: this.#storage.pathOf(artifact),
      name: fileName,
      openSize: undefined,
    };
    try {
      const { problems, warnings } = await this.#threads.run<
        MetadataFile,
        ReadModulesOutput,
        never,
        ModulemdUnitDocument[]
      >(READ_MODULES, file, {
        signal: options.signal,
        onBatch: options.onDocuments ?? (async () => {}),
      });
      return { problems: bounded(problems), warnings: bounded(warnings) };
    } catch (error) {
      // Its code is that of a sync.
      if (!(error instanceof TaskError)) throw error;
      throw new TaskError('RPM0000', error.message);
    }
  }
}

function bounded(sentences: readonly string[]): string[] {
  const more = sentences.length - NAMED;
  return more > 0
    ? [...sentences.slice(0, NAMED), `And ${more} more.`]
    : [...sentences];
}

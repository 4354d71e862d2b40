import type { Advisory } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { readArtifact } from '../../database/operations/artifacts';
import type { ArtifactStorage } from '../../storage/types';
import { TaskError } from '../../tasks';
import type { WorkerPool } from '../../workers';
import type { UnitInput } from '../types';
import { READ_ADVISORY, READ_SNIPPET } from './jobs';
import type { ModulesDocumentOf, ModulesKind } from './modulesSnippet';
import type { ReadDocument } from './types';

/** An advisory about all packages of a distribution has a third of it; it is read into memory. */
const LARGEST_FILE = 16 * 1024 ** 2;

/** Reads uploaded documents in threads: of large ones it takes longer than a request may be held up. */
export class DocumentReader {
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

  /** @throws TaskError when the file is not there any more */
  async readAdvisory({
    artifactId,
  }: UnitInput): Promise<ReadDocument<Advisory>> {
    const artifact =
      artifactId === undefined
        ? undefined
        : await readArtifact(this.#knex, { id: artifactId });
    if (!artifact) {
      throw new TaskError('PLP0005', 'The file is not there any more.');
    }
    if (artifact.size > LARGEST_FILE) {
      return {
        problems: [`An advisory may not be larger than ${LARGEST_FILE} bytes.`],
      };
    }
    return this.#threads.run(READ_ADVISORY, {
      path: this.#storage.pathOf(artifact),
    });
  }

  async readSnippet<K extends ModulesKind>(
    kind: K,
    snippet: string,
  ): Promise<ReadDocument<ModulesDocumentOf<K>>> {
    return this.#threads.run(READ_SNIPPET, { kind, snippet });
  }
}

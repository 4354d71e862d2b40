import { mkdir, open, rename } from 'fs/promises';
import type { Knex } from 'knex';
import { dirname, join } from 'path';
import { saveArtifact } from '../database/operations/artifacts';
import { digestFile, writeDigested } from './digestFile';
import { toStorageError } from './errors';
import { TemporaryFolders } from './TemporaryFolders';
import { UnrecordedFiles } from './UnrecordedFiles';
import type {
  Artifact,
  ArtifactStorage,
  ExpectedFile,
  OrphanStorage,
  FileFacts,
  WorkFolder,
} from './types';

/**
 * Keeps files as `artifact/<first 2 hex>/<other 62>` below a folder, which may be shared by
 * replicas.
 *
 * @remarks
 * A record never lacks its file, whatever is killed when. Files are complete and on disk before they
 * get their name, and have their name before the transaction of their record ends. A file is removed
 * only while a transaction keeps the place of its record, which does not exist, so that nobody can
 * record it meanwhile. What may be left is a file without a record.
 */
export class FileSystemArtifactStorage
  implements ArtifactStorage, OrphanStorage
{
  readonly #root: string;
  readonly #knex: Knex;
  readonly #temporary: TemporaryFolders;
  readonly #unrecorded: UnrecordedFiles;

  /** @param options - `root` is an absolute path; made when needed */
  constructor(options: { root: string; knex: Knex }) {
    this.#root = options.root;
    this.#knex = options.knex;
    this.#temporary = new TemporaryFolders(join(options.root, 'tmp'));
    this.#unrecorded = new UnrecordedFiles({
      knex: options.knex,
      root: join(options.root, 'artifact'),
    });
  }

  store(
    source: AsyncIterable<Uint8Array>,
    expected: ExpectedFile,
  ): Promise<Artifact> {
    return reportingFullDisk(expected.name, async () => {
      const folder = await this.workFolder();
      try {
        const path = join(folder.path, 'file');
        return await this.keep(
          path,
          await writeDigested(path, source, expected),
        );
      } finally {
        await folder[Symbol.asyncDispose]();
      }
    });
  }

  adopt(path: string, expected: ExpectedFile): Promise<Artifact> {
    return reportingFullDisk(expected.name, async () => {
      await this.#temporary.touch();
      return this.keep(path, await digestFile(path, expected));
    });
  }

  /**
   * Whoever stores the same file at the same time puts the same bytes in the same place, and nobody
   * removes them in between.
   */
  async keep(path: string, facts: FileFacts): Promise<Artifact> {
    const place = this.pathOf(facts);
    await mkdir(dirname(place), { recursive: true });
    return this.#knex.transaction(async trx => {
      const artifact = await saveArtifact(trx, facts);
      await rename(path, place);
      await syncFolder(dirname(place));
      return artifact;
    });
  }

  pathOf({ sha256 }: Pick<Artifact, 'sha256'>): string {
    return join(this.#root, 'artifact', sha256.slice(0, 2), sha256.slice(2));
  }

  uploadFolder(uploadUuid: string): string {
    return join(this.#root, 'upload', uploadUuid);
  }

  workFolder(): Promise<WorkFolder> {
    return this.#temporary.create();
  }

  async removeUnrecorded(digests: readonly string[]): Promise<void> {
    await this.#unrecorded.remove(digests);
  }

  sweepUnrecorded(signal: AbortSignal): Promise<number> {
    return this.#unrecorded.sweep(signal);
  }

  /** Removes what killed processes have left. To be called once at start. */
  sweep(): Promise<void> {
    return this.#temporary.sweep();
  }

  /** To be called when nothing is stored any more. */
  close(): Promise<void> {
    return this.#temporary.close();
  }
}

async function reportingFullDisk<T>(
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStorageError(error, name);
  }
}

/** Makes a rename durable. Windows cannot open folders and needs no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

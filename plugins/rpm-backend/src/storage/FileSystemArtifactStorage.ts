import { mkdir, open, rename, type FileHandle } from 'fs/promises';
import type { Knex } from 'knex';
import { dirname, join } from 'path';
import { saveArtifact } from '../database/operations/artifacts';
import { toStorageError } from './errors';
import { FileDigests, type FileFacts } from './FileDigests';
import { TemporaryFolders } from './TemporaryFolders';
import type {
  Artifact,
  ArtifactStorage,
  ExpectedFile,
  WorkFolder,
} from './types';

/**
 * Keeps files as `artifact/<first 2 hex>/<other 62>` below a folder, which may be shared by
 * replicas. Files are complete and on disk before they get their name, and have their name before
 * they get their record; so a record never lacks its file, whatever is killed when.
 */
export class FileSystemArtifactStorage implements ArtifactStorage {
  readonly #root: string;
  readonly #knex: Knex;
  readonly #temporary: TemporaryFolders;

  /** @param options - `root` is an absolute path; made when needed */
  constructor(options: { root: string; knex: Knex }) {
    this.#root = options.root;
    this.#knex = options.knex;
    this.#temporary = new TemporaryFolders(join(options.root, 'tmp'));
  }

  store(
    source: AsyncIterable<Uint8Array>,
    expected: ExpectedFile,
  ): Promise<Artifact> {
    return reportingFullDisk(expected.name, async () => {
      const folder = await this.workFolder();
      try {
        const path = join(folder.path, 'file');
        const facts = await withFile(path, 'wx', async file => {
          const digests = new FileDigests(expected);
          for await (const chunk of source) {
            digests.update(chunk);
            await file.writeFile(chunk);
          }
          return digests.finish();
        });
        return await this.#keep(path, facts);
      } finally {
        await folder[Symbol.asyncDispose]();
      }
    });
  }

  adopt(path: string, expected: ExpectedFile): Promise<Artifact> {
    return reportingFullDisk(expected.name, async () => {
      await this.#temporary.touch();
      const facts = await withFile(path, 'r+', async file => {
        const digests = new FileDigests(expected);
        for await (const chunk of file.createReadStream({ autoClose: false })) {
          digests.update(chunk);
        }
        return digests.finish();
      });
      return this.#keep(path, facts);
    });
  }

  pathOf({ sha256 }: Pick<Artifact, 'sha256'>): string {
    return join(this.#root, 'artifact', sha256.slice(0, 2), sha256.slice(2));
  }

  workFolder(): Promise<WorkFolder> {
    return this.#temporary.create();
  }

  /** Removes what killed processes have left. To be called once at start. */
  sweep(): Promise<void> {
    return this.#temporary.sweep();
  }

  /** To be called when nothing is stored any more. */
  close(): Promise<void> {
    return this.#temporary.close();
  }

  /** Whoever stores the same file at the same time puts the same bytes in the same place. */
  async #keep(path: string, facts: FileFacts): Promise<Artifact> {
    const place = this.pathOf(facts);
    await mkdir(dirname(place), { recursive: true });
    await rename(path, place);
    await syncFolder(dirname(place));
    return saveArtifact(this.#knex, facts);
  }
}

/** Digests a file; when this resolves, its bytes are on disk. */
async function withFile(
  path: string,
  flags: 'wx' | 'r+',
  digest: (file: FileHandle) => Promise<FileFacts>,
): Promise<FileFacts> {
  const file = await open(path, flags);
  try {
    const facts = await digest(file);
    await file.sync();
    return facts;
  } finally {
    await file.close();
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

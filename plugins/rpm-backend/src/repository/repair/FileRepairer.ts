import type { Knex } from 'knex';
import { listTreeSources } from '../../database/operations/distribution-trees';
import { listRemoteSources } from '../../database/operations/published-content';
import { readRemoteById } from '../../database/operations/remotes';
import type { StoredUnitFile } from '../../database/operations/versions';
import {
  DownloadError,
  type Downloader,
  type OpenRemote,
} from '../../download';
import { describeUrl } from '../../download/locations';
import {
  ArtifactMismatchError,
  type ArtifactStorage,
  type WorkFolder,
} from '../../storage';
import type { TaskContext } from '../../tasks/types';

/** Fetches damaged files again from the remotes that are known to have them. */
export class FileRepairer implements AsyncDisposable {
  readonly #knex: Knex;
  readonly #storage: ArtifactStorage;
  readonly #openRemote: OpenRemote;
  readonly #context: TaskContext;
  /** By the remote's id; undefined for one that is gone. */
  readonly #downloaders = new Map<number, Promise<Downloader | undefined>>();
  #folder: Promise<WorkFolder> | undefined;

  constructor(options: {
    knex: Knex;
    storage: ArtifactStorage;
    openRemote: OpenRemote;
    context: TaskContext;
  }) {
    this.#knex = options.knex;
    this.#storage = options.storage;
    this.#openRemote = options.openRemote;
    this.#context = options.context;
  }

  /**
   * Puts the right bytes in a file's place.
   *
   * @returns false when no remote has them
   * @throws StorageFullError
   */
  async repair(file: StoredUnitFile): Promise<boolean> {
    const sources =
      file.treePath === undefined
        ? await listRemoteSources(this.#knex, file.unitId)
        : await listTreeSources(this.#knex, file.unitId, file.treePath);
    for (const { remoteId, url } of sources) {
      this.#context.signal.throwIfAborted();
      const downloader = await this.#downloaderOf(remoteId);
      if (downloader && (await this.#fetch(file, downloader, url))) return true;
    }
    return false;
  }

  async #fetch(
    { size, sha256 }: StoredUnitFile,
    downloader: Downloader,
    url: string,
  ): Promise<boolean> {
    const checksum = { type: 'sha256' as const, value: sha256 };
    this.#folder ??= this.#storage.workFolder();
    const folder = await this.#folder;
    try {
      const expected = { size, checksum };
      const path = await downloader.fetchToFile(url, folder.path, expected);
      await this.#storage.adopt(path, {
        name: describeUrl(new URL(url)),
        ...expected,
      });
      return true;
    } catch (error) {
      if (
        this.#context.signal.aborted ||
        !(
          error instanceof DownloadError ||
          error instanceof ArtifactMismatchError
        )
      ) {
        throw error;
      }
      this.#context.logger.warn(`Cannot repair a file: ${error.message}`);
      return false;
    }
  }

  #downloaderOf(remoteId: number): Promise<Downloader | undefined> {
    const known = this.#downloaders.get(remoteId);
    if (known) return known;
    const opened = readRemoteById(this.#knex, remoteId).then(
      remote =>
        remote && this.#openRemote(remote, { signal: this.#context.signal }),
    );
    this.#downloaders.set(remoteId, opened);
    return opened;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const opened of this.#downloaders.values()) {
      await (await opened)?.close();
    }
    await (await this.#folder)?.[Symbol.asyncDispose]();
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { join } from 'path';
import { setImmediate } from 'timers/promises';
import { attachArtifacts } from '../database/operations/content-units';
import { attachTreeFile } from '../database/operations/distribution-trees';
import type { RemoteSource } from '../database/operations/published-content';
import { readRemoteById } from '../database/operations/remotes';
import type { Download, Downloader, OpenRemote } from '../download';
import {
  ArtifactMismatchError,
  type ArtifactStorage,
  type WorkFolder,
} from '../storage';
import { GrowingFile } from './GrowingFile';
import type { RemoteContent } from './types';

/** A source that gave a wrong file is not asked again for so long. */
const COOL_DOWN_MILLISECONDS = 300_000;

/** A file whose size nobody has told: an image of an installer, of some GB. */
const MOST_BYTES = 64 * 1024 ** 3;

/** Which file it is, among all that are fetched. */
function keyOf({ unitId, treePath = '' }: RemoteContent): string {
  return `${unitId} ${treePath}`;
}

/** Nobody has the file: for the client, the gateway's fault. */
export class NoSourceError extends ServiceUnavailableError {}

/** A download under way. */
interface Flight {
  file: GrowingFile;
  /** Whether the file stays when it has arrived. */
  isKept: boolean;
  /** Never fails; what goes wrong is told to the readers. */
  ended: Promise<void>;
}

interface OpenedSource {
  source: RemoteSource;
  downloader: Downloader;
  download: Download;
  isKept: boolean;
  /** Set when nobody wants the bytes any more. */
  isGivenUp: boolean;
}

/**
 * Fetches packages that are not stored when clients ask for them. However many ask for the same
 * file at once, it is fetched once; each gets it at its own pace, while it is stored and verified.
 */
export class RemoteFiles {
  readonly #knex: Knex;
  readonly #storage: ArtifactStorage;
  readonly #openRemote: OpenRemote;
  readonly #logger: LoggerService;
  readonly #flights = new Map<string, Promise<Flight>>();
  readonly #coolUntil = new Map<string, number>();
  readonly #closing = new AbortController();

  constructor(options: {
    knex: Knex;
    storage: ArtifactStorage;
    openRemote: OpenRemote;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#storage = options.storage;
    this.#openRemote = options.openRemote;
    this.#logger = options.logger;
  }

  /**
   * The bytes of a file, as soon as a source has begun to send them. To be read to the end or
   * returned; reading fails when the file turns out to be wrong.
   *
   * @throws NoSourceError
   */
  async read(content: RemoteContent): Promise<AsyncIterable<Uint8Array>> {
    const { file } = await this.#join(content);
    return file.read();
  }

  /**
   * Waits until a file has arrived.
   *
   * @returns whether it is stored now
   * @throws NoSourceError
   */
  async store(content: RemoteContent): Promise<boolean> {
    const { ended, isKept } = await this.#join(content);
    if (isKept) await ended;
    return isKept;
  }

  /** Gives up all downloads. */
  async close(): Promise<void> {
    this.#closing.abort();
    const flights = await Promise.allSettled(this.#flights.values());
    for (const flight of flights) {
      if (flight.status === 'fulfilled') await flight.value.ended;
    }
  }

  #join(content: RemoteContent): Promise<Flight> {
    const key = keyOf(content);
    let flight = this.#flights.get(key);
    if (!flight) {
      flight = this.#start(content);
      this.#flights.set(key, flight);
      flight.catch(() => this.#flights.delete(key));
    }
    return flight;
  }

  async #start(content: RemoteContent): Promise<Flight> {
    const opened = await this.#openFirst(content);
    const { isKept } = opened;
    const { folder, file, path } = await this.#makeFile().catch(async error => {
      await opened.download.close();
      await opened.downloader.close();
      throw error;
    });
    if (!isKept) {
      file.onUnread(() => {
        opened.isGivenUp = true;
        opened.download.close();
      });
    }
    const ended = this.#fly(content, opened, file, path).finally(() =>
      this.#land(content, opened, file, folder),
    );
    return { file, isKept, ended };
  }

  async #makeFile() {
    const folder = await this.#storage.workFolder();
    const path = join(folder.path, 'file');
    return { folder, path, file: await GrowingFile.create(path) };
  }

  /** Opens the first source that answers. */
  async #openFirst(content: RemoteContent): Promise<OpenedSource> {
    const { sources, size, name } = content;
    for (const source of sources) {
      const remote = await readRemoteById(this.#knex, source.remoteId);
      if (!remote || this.#isCooling(content, source)) continue;
      const downloader = this.#openRemote(remote, {
        signal: this.#closing.signal,
      });
      try {
        const download = await downloader.stream(
          source.url,
          size === undefined ? { maxSize: MOST_BYTES } : { size },
        );
        const isKept = remote.policy !== 'streamed';
        return { source, downloader, download, isKept, isGivenUp: false };
      } catch (error) {
        await downloader.close();
        this.#logger.warn(`Cannot fetch ${name} for a client: ${error}`);
      }
    }
    throw new NoSourceError(`No remote gives ${name} at the moment.`);
  }

  async #fly(
    content: RemoteContent,
    opened: OpenedSource,
    file: GrowingFile,
    path: string,
  ): Promise<void> {
    const { download, isKept } = opened;
    const { checksum, size } = content;
    const name = download.url;
    try {
      const hash = createHash(checksum.type);
      let written = 0;
      for await (const chunk of download.body) {
        hash.update(chunk);
        written += chunk.byteLength;
        await file.write(chunk);
      }
      if (size !== undefined && written !== size) {
        throw ArtifactMismatchError.size(name, size, written);
      }
      const digest = hash.digest('hex');
      if (digest !== checksum.value) {
        throw ArtifactMismatchError.checksum(name, checksum, digest);
      }
      if (isKept) {
        const artifact = await this.#storage.adopt(path, { name, size });
        await this.#attach(content, artifact.id);
      }
      this.#flights.delete(keyOf(content));
      file.accept();
    } catch (error) {
      this.#flights.delete(keyOf(content));
      file.fail(error);
      if (opened.isGivenUp) return;
      this.#logger.warn(`A transfer to clients breaks off: ${error}`);
      if (error instanceof ArtifactMismatchError) {
        this.#cool(content, opened.source);
      }
    }
  }

  async #attach(
    { unitId, treePath }: RemoteContent,
    artifactId: number,
  ): Promise<void> {
    if (treePath === undefined) {
      await attachArtifacts(this.#knex, [
        { unit_id: unitId, artifact_id: artifactId },
      ]);
    } else {
      await attachTreeFile(this.#knex, unitId, treePath, artifactId);
    }
  }

  async #land(
    { name }: RemoteContent,
    { download, downloader }: OpenedSource,
    file: GrowingFile,
    folder: WorkFolder,
  ): Promise<void> {
    try {
      // Who has found the flight a moment ago begins to read in this turn of the event loop.
      await setImmediate();
      await file.release();
      await folder[Symbol.asyncDispose]();
      await download.close();
      await downloader.close();
    } catch (error) {
      this.#logger.warn(`Cannot clean up after fetching ${name}: ${error}`);
    }
  }

  #isCooling(content: RemoteContent, { remoteId }: RemoteSource): boolean {
    const key = `${keyOf(content)} ${remoteId}`;
    const until = this.#coolUntil.get(key);
    if (until === undefined) return false;
    if (until > Date.now()) return true;
    this.#coolUntil.delete(key);
    return false;
  }

  #cool(content: RemoteContent, { remoteId }: RemoteSource): void {
    this.#coolUntil.set(
      `${keyOf(content)} ${remoteId}`,
      Date.now() + COOL_DOWN_MILLISECONDS,
    );
  }
}

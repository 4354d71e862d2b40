import type { LoggerService } from '@backstage/backend-plugin-api';
import { IMAGE_FORMAT } from '@rpmportal/rpm-solver';
import { randomUUID } from 'crypto';
import { mkdir, readdir, rm, stat, utimes } from 'fs/promises';
import { DateTime } from 'luxon';
import { join } from 'path';
import { fromTimestamp, toTimestamp } from '../database/time';
import { whenMissing } from '../storage/whenMissing';
import type { WorkerPool } from '../workers';
import {
  KEEP_IMAGE,
  READ_IMAGE,
  type KeepInput,
  type ReadInput,
  type SharedImage,
} from './jobTypes';
import type { KnownImage } from './KnownImage';
import type { UnitSet } from './unitSets';

/** Raised when something else of what is stored goes into images, or goes in differently. */
const CONTENT = 1;
const SUFFIX = `.${IMAGE_FORMAT}.${CONTENT}.image`;
const TEMPORARY = '.part';

/** Longer than a file takes to be written. */
const ABANDONED_HOURS = 1;

interface ImageFile {
  name: string;
  versionUuid: string;
  asOf: string;
}

/**
 * Images of single versions in files that are read when the backend starts again. They may be removed
 * at any time, and replicas may share the folder.
 */
export class ImageFiles {
  readonly #folder: string;
  readonly #limit: number;
  readonly #logger: LoggerService;
  readonly #threads: WorkerPool;

  /**
   * @param options - `folder` is made when needed; `limit` is how many bytes all files may have
   * together, none are kept when it is 0
   */
  constructor(options: {
    folder: string;
    limit: number;
    logger: LoggerService;
    threads: WorkerPool;
  }) {
    this.#folder = options.folder;
    this.#limit = options.limit;
    this.#logger = options.logger;
    this.#threads = options.threads;
  }

  /** The image of the first of the versions that has one. A file that is no image is removed. */
  async read(
    versionUuids: readonly string[],
    signal: AbortSignal,
  ): Promise<KnownImage | undefined> {
    const files = await this.#list().catch(error => {
      this.#logger.warn(`Images for the solver cannot be read: ${error}`);
      return [];
    });
    for (const uuid of versionUuids) {
      const file = files.find(({ versionUuid }) => versionUuid === uuid);
      const image = file && (await this.#open(file, signal));
      if (image) return image;
    }
    return undefined;
  }

  /** Keeps what an image knows of the units of a version, if there is room. */
  async keep(
    versionUuid: string,
    units: UnitSet,
    { bytes, asOf }: Pick<KnownImage, 'bytes' | 'asOf'>,
  ): Promise<void> {
    if (this.#limit === 0) return;
    await mkdir(this.#folder, { recursive: true });
    const older = (await this.#list()).filter(
      file => file.versionUuid === versionUuid,
    );
    const name = `${versionUuid}-${fromTimestamp(asOf).toMillis()}${SUFFIX}`;
    const temporaryPath = join(this.#folder, `${randomUUID()}${TEMPORARY}`);
    try {
      await this.#threads.run<KeepInput, void>(KEEP_IMAGE, {
        bytes,
        units,
        path: join(this.#folder, name),
        temporaryPath,
      });
    } finally {
      await rm(temporaryPath, { force: true });
    }
    for (const file of older) if (file.name !== name) await this.#remove(file);
    await this.#trim();
  }

  async #open(
    file: ImageFile,
    signal: AbortSignal,
  ): Promise<KnownImage | undefined> {
    const path = join(this.#folder, file.name);
    try {
      const image = await this.#threads.run<ReadInput, SharedImage>(
        READ_IMAGE,
        { path },
        { signal },
      );
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
      return {
        ...image,
        id: randomUUID(),
        asOf: file.asOf,
        corrected: new Set(),
      };
    } catch (error) {
      const { name, code } = error as NodeJS.ErrnoException;
      if (name === 'AbortError') throw error;
      if (code !== 'ENOENT') {
        this.#logger.warn(
          `The image ${file.name} for the solver cannot be read and is made anew: ${error}`,
        );
      }
      if (name === 'ImageFormatError') await this.#remove(file).catch(() => {});
      return undefined;
    }
  }

  async #list(): Promise<ImageFile[]> {
    const names = await readdir(this.#folder).catch(whenMissing<string[]>([]));
    return names.flatMap(name => toImageFile(name) ?? []);
  }

  /** Removes what was not used for the longest time, and what nobody will ever use. */
  async #trim(): Promise<void> {
    const files: { name: string; size: number; usedAt: number }[] = [];
    for (const name of (await readdir(this.#folder)).filter(isOurs)) {
      const facts = await stat(join(this.#folder, name)).catch(() => undefined);
      if (facts) files.push({ name, size: facts.size, usedAt: +facts.mtime });
    }
    const abandoned = Date.now() - ABANDONED_HOURS * 3_600_000;
    let size = 0;
    for (const file of files.sort((a, b) => b.usedAt - a.usedAt)) {
      if (file.name.endsWith(TEMPORARY)) {
        if (file.usedAt < abandoned) await this.#remove(file);
        continue;
      }
      size += file.size;
      if (size > this.#limit) await this.#remove(file);
    }
  }

  async #remove({ name }: Pick<ImageFile, 'name'>): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }
}

/** Whether we have made it, in this release or another one; the folder may not be ours alone. */
function isOurs(name: string): boolean {
  return /^[\da-f-]{36}(\.part|-\d+\.\d+\.\d+\.image)$/.test(name);
}

function toImageFile(name: string): ImageFile | undefined {
  const match = /^([\da-f-]{36})-(\d+)(\..*)$/.exec(name);
  if (!match || match[3] !== SUFFIX) return undefined;
  const [, versionUuid, milliseconds] = match;
  return {
    name,
    versionUuid,
    asOf: toTimestamp(DateTime.fromMillis(Number(milliseconds))),
  };
}

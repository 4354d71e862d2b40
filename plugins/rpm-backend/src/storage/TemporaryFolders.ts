import { randomUUID } from 'crypto';
import { mkdir, readdir, rm, stat, utimes } from 'fs/promises';
import { join } from 'path';
import type { WorkFolder } from './types';
import { whenMissing } from './whenMissing';

/** A process that lives uses its folder at least this often, or has nothing in it. */
const ABANDONED_MILLISECONDS = 24 * 3600 * 1000;

/**
 * Folders for unfinished files. Each process has one of its own, so that replicas on a shared
 * storage can tell what a killed one has left: a folder that nobody has used for long.
 */
export class TemporaryFolders {
  readonly #root: string;
  readonly #own: string;

  /** @param root - on the same file system as the files' final places; made when needed */
  constructor(root: string) {
    this.#root = root;
    this.#own = join(root, randomUUID());
  }

  async create(): Promise<WorkFolder> {
    const path = join(this.#own, randomUUID());
    await mkdir(path, { recursive: true });
    return {
      path,
      [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
    };
  }

  /** Says that this process is alive, when it works long in folders it made before. */
  async touch(): Promise<void> {
    const now = new Date();
    await mkdir(this.#own, { recursive: true });
    await utimes(this.#own, now, now);
  }

  /** Removes what killed processes have left. */
  async sweep(now = Date.now()): Promise<void> {
    for (const name of await readdir(this.#root).catch(whenMissing([]))) {
      const path = join(this.#root, name);
      const modified = (await stat(path).catch(whenMissing(undefined)))
        ?.mtimeMs;
      if (modified !== undefined && now - modified > ABANDONED_MILLISECONDS) {
        await rm(path, { recursive: true, force: true });
      }
    }
  }

  /** Removes this process' own. */
  async close(): Promise<void> {
    await rm(this.#own, { recursive: true, force: true });
  }
}

import { readdir, rm, stat } from 'fs/promises';
import type { Knex } from 'knex';
import { join } from 'path';
import { chunksOf } from '../database/chunks';
import { holdUnrecorded, listRecorded } from '../database/operations/artifacts';
import { whenMissing } from './whenMissing';

/** Files removed in one transaction; it holds SQLite's only connection. */
const CHUNK = 50;

/** A file without a record may have been left by who still works on it, at most for this long. */
const LEFT_MILLISECONDS = 24 * 3600 * 1000;

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Removes files of the storage that have no record.
 *
 * @remarks
 * Somebody may store the same bytes again at any time. So files are removed while a transaction
 * keeps the places of their records, for which everybody waits who wants to record one of them; and
 * who finds the place free again puts the file there anew before the record is seen.
 */
export class UnrecordedFiles {
  readonly #knex: Knex;
  readonly #root: string;

  /** @param options - `root` has a folder for each first two characters of the digests */
  constructor(options: { knex: Knex; root: string }) {
    this.#knex = options.knex;
    this.#root = options.root;
  }

  /**
   * Removes the files of these digests, but for those that have a record or get one meanwhile.
   *
   * @returns how many have no record
   */
  async remove(digests: readonly string[]): Promise<number> {
    let removed = 0;
    for (const chunk of chunksOf(digests, CHUNK)) {
      const trx = await this.#knex.transaction();
      try {
        const unrecorded = await holdUnrecorded(trx, chunk);
        for (const sha256 of unrecorded) {
          await rm(this.#pathOf(sha256), { force: true });
        }
        removed += unrecorded.length;
      } finally {
        await trx.rollback();
      }
    }
    return removed;
  }

  /**
   * Looks through the whole storage for files that were left: by a process that was killed between
   * placing a file and recording it, or between deleting a record and removing its file.
   *
   * @returns how many were removed
   */
  async sweep(signal: AbortSignal, now = Date.now()): Promise<number> {
    let removed = 0;
    for (const folder of await list(this.#root)) {
      signal.throwIfAborted();
      const digests = (await list(join(this.#root, folder)))
        .map(name => folder + name)
        .filter(name => SHA256.test(name));
      for (const chunk of chunksOf(digests)) {
        const recorded = await listRecorded(this.#knex, chunk);
        const left: string[] = [];
        for (const sha256 of chunk) {
          if (!recorded.has(sha256) && (await this.#isOld(sha256, now))) {
            left.push(sha256);
          }
        }
        removed += await this.remove(left);
      }
    }
    return removed;
  }

  async #isOld(sha256: string, now: number): Promise<boolean> {
    const facts = await stat(this.#pathOf(sha256)).catch(
      whenMissing(undefined),
    );
    return facts !== undefined && now - facts.mtimeMs > LEFT_MILLISECONDS;
  }

  #pathOf(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2), sha256.slice(2));
  }
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(whenMissing([]));
}

import { randomUUID } from 'crypto';
import { createReadStream } from 'fs';
import { mkdir, open, rename, rm } from 'fs/promises';
import type { Knex } from 'knex';
import { join } from 'path';
import * as operations from '../../database/operations/uploads';
import type { Artifact, ArtifactStorage } from '../../storage/types';
import { TaskError } from '../../tasks/errors';
import { findGap } from './coverage';
import type { UploadChunk, UploadRecord } from './types';

/** Pieces that partly overlap may take up so many times the size of the whole. */
const LARGEST_EXCESS = 3;

/** The largest file in pieces of a megabyte, as the pulp command sends it, has fewer. */
const MOST_CHUNKS = 20_000;

/**
 * The files of uploads in pieces, in a folder for each upload that all replicas share. A piece has
 * its place before it has its record, and what has no record goes with the folder.
 */
export class UploadFiles {
  readonly #knex: Knex;
  readonly #storage: ArtifactStorage;

  constructor(options: { knex: Knex; storage: ArtifactStorage }) {
    this.#knex = options.knex;
    this.#storage = options.storage;
  }

  /**
   * Moves a piece to its upload. Earlier pieces that lie wholly in it are given up.
   *
   * @returns undefined when the upload is gone
   * @throws TaskError when pieces overlap beyond reason
   */
  async add(
    uploadId: number,
    piece: { path: string; offset: number; size: number },
  ): Promise<UploadRecord | undefined> {
    const { path, offset, size } = piece;
    const fileName = randomUUID();
    let superseded: UploadChunk[] = [];
    const upload = await this.#knex.transaction(async trx => {
      const held = await operations.readUpload(
        trx,
        { id: uploadId },
        { lock: true },
      );
      if (!held) return undefined;
      superseded = await operations.listChunksWithin(trx, uploadId, piece);
      const all = await operations.countChunks(trx, uploadId);
      if (all.count - superseded.length >= MOST_CHUNKS) {
        throw new TaskError('PLP0000', 'There are too many chunks.');
      }
      const replaced = superseded.reduce((sum, chunk) => sum + chunk.size, 0);
      if (all.size - replaced + size > LARGEST_EXCESS * held.size) {
        throw new TaskError('PLP0000', 'The chunks overlap too much.');
      }
      const folder = this.#storage.uploadFolder(held.uuid);
      await mkdir(folder, { recursive: true });
      await rename(path, join(folder, fileName));
      await operations.deleteChunks(
        trx,
        superseded.map(({ id }) => id),
      );
      await operations.insertChunk(trx, uploadId, { offset, size, fileName });
      return held;
    });
    if (!upload) return undefined;
    for (const chunk of superseded) {
      const folder = this.#storage.uploadFolder(upload.uuid);
      await rm(join(folder, chunk.fileName), { force: true });
    }
    return operations.readUpload(this.#knex, { id: uploadId });
  }

  /**
   * Makes a stored file of the pieces; the upload stays.
   *
   * @throws TaskError when pieces are missing or the digest is another
   */
  async assemble(
    upload: UploadRecord,
    expected: { name: string; sha256?: string; signal?: AbortSignal },
  ): Promise<Artifact> {
    const { name, sha256, signal } = expected;
    const chunks = await operations.listChunks(this.#knex, upload.id);
    const gap = findGap(chunks, upload.size);
    if (gap) {
      throw new TaskError(
        'PLP0004',
        `Bytes ${gap.offset} to ${
          gap.offset + gap.size - 1
        } of ${name} are missing.`,
      );
    }
    const folder = await this.#storage.workFolder();
    try {
      const path = join(folder.path, 'file');
      await this.#join(upload, chunks, path, signal);
      return await this.#storage.adopt(path, {
        name,
        size: upload.size,
        checksum: sha256 ? { type: 'sha256', value: sha256 } : undefined,
      });
    } finally {
      await folder[Symbol.asyncDispose]();
    }
  }

  /**
   * Removes an upload with its pieces: these first, for nobody would look for pieces without a
   * record, and once more for one that has come meanwhile.
   *
   * @returns false when it is gone
   */
  async remove({ id, uuid }: UploadRecord): Promise<boolean> {
    const folder = this.#storage.uploadFolder(uuid);
    await rm(folder, { recursive: true, force: true });
    const removed = await operations.deleteUpload(this.#knex, id);
    await rm(folder, { recursive: true, force: true });
    return removed;
  }

  /** In the order in which they came, so that where pieces overlap the last one counts. */
  async #join(
    { uuid }: UploadRecord,
    chunks: readonly UploadChunk[],
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const folder = this.#storage.uploadFolder(uuid);
    const file = await open(path, 'wx');
    try {
      for (const { fileName, offset } of chunks) {
        let position = offset;
        for await (const bytes of createReadStream(join(folder, fileName))) {
          signal?.throwIfAborted();
          await file.write(bytes, 0, bytes.length, position);
          position += bytes.length;
        }
      }
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? new TaskError('PLP0005', 'The upload was changed meanwhile.')
        : error;
    } finally {
      await file.close();
    }
  }
}

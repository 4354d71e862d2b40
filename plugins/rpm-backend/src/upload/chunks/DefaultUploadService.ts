import { NotFoundError } from '@backstage/errors';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import * as operations from '../../database/operations/uploads';
import type { RowPage } from '../../database/pages';
import { actorOf } from '../../identity/actor';
import { TaskError, type TaskQueue } from '../../tasks';
import { InvalidInputError } from '../../validation';
import { commitUploadTask } from './commitUpload';
import { parseContentRange } from './contentRange';
import type {
  SentChunk,
  UploadCallOptions,
  UploadDetail,
  UploadRecord,
  UploadService,
} from './types';
import type { UploadFiles } from './UploadFiles';

const NOT_FOUND = 'No Upload matches the given query.';

export class DefaultUploadService implements UploadService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;
  readonly #files: UploadFiles;
  readonly #maxSize: number;

  /** @param options - `maxSize` of a whole file in bytes */
  constructor(options: {
    knex: Knex;
    tasks: TaskQueue;
    files: UploadFiles;
    maxSize: number;
  }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
    this.#files = options.files;
    this.#maxSize = options.maxSize;
  }

  async create(
    size: number,
    { credentials }: UploadCallOptions,
  ): Promise<UploadRecord> {
    if (size > this.#maxSize) {
      throw InvalidInputError.field(
        'size',
        `Ensure this value is less than or equal to ${this.#maxSize}.`,
      );
    }
    return operations.insertUpload(this.#knex, size, actorOf(credentials));
  }

  list(
    filters: ListQuery,
    { owner = 'all' }: UploadCallOptions,
  ): Promise<RowPage<UploadRecord>> {
    return operations.listUploads(this.#knex, filters, owner);
  }

  async get(uuid: string, options: UploadCallOptions): Promise<UploadDetail> {
    const upload = await this.#find(uuid, options);
    const chunks = await operations.listChunks(this.#knex, upload.id);
    return {
      ...upload,
      chunks: [...chunks].sort((a, b) => a.offset - b.offset || a.id - b.id),
    };
  }

  async putChunk(
    uuid: string,
    { file, sha256, range }: SentChunk,
    options: UploadCallOptions,
  ): Promise<UploadRecord> {
    const upload = await this.#find(uuid, options);
    const { size } = file.facts;
    const offset = parseContentRange(range, {
      chunk: size,
      upload: upload.size,
    });
    if (sha256 !== undefined && sha256.toLowerCase() !== file.facts.sha256) {
      throw InvalidInputError.field(
        'sha256',
        'The checksum did not match the uploaded chunk.',
      );
    }
    try {
      const piece = { path: file.path, offset, size };
      const changed = await this.#files.add(upload.id, piece);
      if (!changed) throw new NotFoundError(NOT_FOUND);
      return changed;
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      throw InvalidInputError.message(error.message);
    }
  }

  async commit(
    uuid: string,
    sha256: string,
    options: UploadCallOptions,
  ): Promise<string> {
    const upload = await this.#find(uuid, options);
    return this.#tasks.dispatch(
      commitUploadTask(upload, sha256, {
        createdBy: actorOf(options.credentials),
        loggingCid: options.correlationId,
      }),
    );
  }

  async delete(uuid: string, options: UploadCallOptions): Promise<void> {
    const upload = await this.#find(uuid, options);
    if (!(await this.#files.remove(upload))) throw new NotFoundError(NOT_FOUND);
  }

  async #find(
    uuid: string,
    { owner }: UploadCallOptions,
  ): Promise<UploadRecord> {
    const upload = await operations.readUpload(this.#knex, { uuid }, { owner });
    if (!upload) throw new NotFoundError(NOT_FOUND);
    return upload;
  }
}

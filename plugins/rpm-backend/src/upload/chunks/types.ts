import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { UploadOwner } from '../../database/operations/uploads';
import type { RowPage } from '../../database/pages';
import type { SentFile } from '../types';

/** A file that comes in pieces, until it is whole. */
export interface UploadRecord {
  id: number;
  uuid: string;
  createdAt: string;
  updatedAt: string;
  /** Bytes of the whole file. */
  size: number;
  createdBy: string | undefined;
}

/** A piece of an upload. Where pieces overlap, the one that came last counts. */
export interface UploadChunk {
  id: number;
  offset: number;
  size: number;
  fileName: string;
}

/** An upload with what has come of it. */
export interface UploadDetail extends UploadRecord {
  chunks: UploadChunk[];
}

/** A piece as it is sent. */
export interface SentChunk {
  file: SentFile;
  sha256: string | undefined;
  /** The header `Content-Range`. */
  range: string | undefined;
}

/** Who asks; whose uploads they may see, which is everybody's when absent. */
export interface UploadCallOptions {
  credentials: BackstageCredentials;
  correlationId?: string;
  owner?: UploadOwner;
}

/** Files in pieces: begun, filled in any order, committed. */
export interface UploadService {
  /** @throws InvalidInputError when it is too large */
  create(size: number, options: UploadCallOptions): Promise<UploadRecord>;
  list(
    filters: ListQuery,
    options: UploadCallOptions,
  ): Promise<RowPage<UploadRecord>>;
  /** @throws NotFoundError */
  get(uuid: string, options: UploadCallOptions): Promise<UploadDetail>;
  /** @throws InvalidInputError, NotFoundError */
  putChunk(
    uuid: string,
    chunk: SentChunk,
    options: UploadCallOptions,
  ): Promise<UploadRecord>;
  /**
   * Queues making a stored file of the pieces.
   *
   * @returns the task's UUID
   * @throws NotFoundError
   */
  commit(
    uuid: string,
    sha256: string,
    options: UploadCallOptions,
  ): Promise<string>;
  /** @throws NotFoundError */
  delete(uuid: string, options: UploadCallOptions): Promise<void>;
}

import {
  rpmContentUploadPermission,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../../database/pages';
import { actorOf } from '../../identity/actor';
import type { AccessControl } from '../../permissions/AccessControl';
import type {
  SentChunk,
  UploadCallOptions,
  UploadDetail,
  UploadRecord,
  UploadService,
} from './types';

/** Lets those upload in pieces who may upload, each seeing only what is their own. */
export class AuthorizedUploadService implements UploadService {
  readonly #inner: UploadService;
  readonly #access: AccessControl;

  constructor(options: { inner: UploadService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async create(
    size: number,
    options: UploadCallOptions,
  ): Promise<UploadRecord> {
    await this.#access.requireBasic(
      rpmContentUploadPermission,
      options.credentials,
    );
    return this.#inner.create(size, options);
  }

  async list(
    filters: ListQuery,
    options: UploadCallOptions,
  ): Promise<RowPage<UploadRecord>> {
    return this.#inner.list(filters, ownOnly(options));
  }

  async get(uuid: string, options: UploadCallOptions): Promise<UploadDetail> {
    return this.#inner.get(uuid, ownOnly(options));
  }

  async putChunk(
    uuid: string,
    chunk: SentChunk,
    options: UploadCallOptions,
  ): Promise<UploadRecord> {
    return this.#inner.putChunk(uuid, chunk, ownOnly(options));
  }

  async commit(
    uuid: string,
    sha256: string,
    options: UploadCallOptions,
  ): Promise<string> {
    return this.#inner.commit(uuid, sha256, ownOnly(options));
  }

  async delete(uuid: string, options: UploadCallOptions): Promise<void> {
    return this.#inner.delete(uuid, ownOnly(options));
  }
}

function ownOnly(options: UploadCallOptions): UploadCallOptions {
  return { ...options, owner: { user: actorOf(options.credentials) } };
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  rpmRemoteCreatePermission,
  rpmRemoteDeletePermission,
  rpmRemoteReadPermission,
  rpmRemoteUpdatePermission,
  type ListQuery,
  type RemoteInput,
  type RemotePatch,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../database/pages';
import type { AccessControl } from '../permissions/AccessControl';
import type { RemoteRecord, RemoteService, RemoteUpdate } from './types';

interface CallOptions {
  credentials: BackstageCredentials;
}

/** Lets through what the permission policy allows. */
export class AuthorizedRemoteService implements RemoteService {
  readonly #inner: RemoteService;
  readonly #access: AccessControl;

  constructor(options: { inner: RemoteService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async list(
    filters: ListQuery,
    options: CallOptions,
  ): Promise<RowPage<RemoteRecord>> {
    const visible = await this.#access.visibleRemotes(options.credentials);
    return this.#inner.list(filters, { ...options, visible });
  }

  async get(uuid: string, options: CallOptions): Promise<RemoteRecord> {
    await this.#access.requireRemote(
      rpmRemoteReadPermission,
      uuid,
      options.credentials,
    );
    return this.#inner.get(uuid, options);
  }

  async create(
    input: RemoteInput,
    options: CallOptions,
  ): Promise<RemoteRecord> {
    await this.#access.requireBasic(
      rpmRemoteCreatePermission,
      options.credentials,
    );
    return this.#inner.create(input, options);
  }

  async update(
    uuid: string,
    patch: RemotePatch,
    options: CallOptions & { replace: boolean },
  ): Promise<RemoteUpdate> {
    await this.#access.requireRemote(
      rpmRemoteUpdatePermission,
      uuid,
      options.credentials,
    );
    return this.#inner.update(uuid, patch, options);
  }

  async delete(uuid: string, options: CallOptions): Promise<string> {
    await this.#access.requireRemote(
      rpmRemoteDeletePermission,
      uuid,
      options.credentials,
    );
    return this.#inner.delete(uuid, options);
  }
}

import {
  rpmContentUploadPermission,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../../database/pages';
import type { AccessControl } from '../../permissions/AccessControl';
import type { Artifact } from '../../storage/types';
import type { SentFile } from '../types';
import type {
  ArtifactCallOptions,
  ArtifactService,
  ExpectedFacts,
} from './types';

/** Lets those store files who may upload; shows callers their own and those of what they may see. */
export class AuthorizedArtifactService implements ArtifactService {
  readonly #inner: ArtifactService;
  readonly #access: AccessControl;

  constructor(options: { inner: ArtifactService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async create(
    file: SentFile,
    expected: ExpectedFacts,
    options: ArtifactCallOptions,
  ): Promise<Artifact> {
    await this.#access.requireBasic(
      rpmContentUploadPermission,
      options.credentials,
    );
    return this.#inner.create(file, expected, options);
  }

  async list(
    filters: ListQuery,
    options: ArtifactCallOptions,
  ): Promise<RowPage<Artifact>> {
    return this.#inner.list(filters, await this.#narrow(options));
  }

  async get(uuid: string, options: ArtifactCallOptions): Promise<Artifact> {
    return this.#inner.get(uuid, await this.#narrow(options));
  }

  async delete(uuid: string, options: ArtifactCallOptions): Promise<never> {
    return this.#inner.delete(uuid, await this.#narrow(options));
  }

  async #narrow({
    credentials,
  }: ArtifactCallOptions): Promise<ArtifactCallOptions> {
    const visible = await this.#access.visibleRepositories(credentials);
    return { credentials, visible };
  }
}

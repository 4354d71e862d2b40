import {
  rpmRepositoryPublishPermission,
  rpmRepositoryReadPermission,
  type ListQuery,
  type PublicationInput,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { RowPage } from '../database/pages';
import type { AccessControl } from '../permissions/AccessControl';
import { tellAsMissing } from '../permissions/tellAsMissing';
import { resolvePublished } from './resolvePublished';
import type {
  CallOptions,
  ListOptions,
  PublicationRecord,
  PublicationService,
} from './types';

/** Publications are their repository's: who may publish it may make and delete them. */
export class AuthorizedPublicationService implements PublicationService {
  readonly #inner: PublicationService;
  readonly #access: AccessControl;
  readonly #knex: Knex;

  constructor(options: {
    inner: PublicationService;
    access: AccessControl;
    knex: Knex;
  }) {
    this.#inner = options.inner;
    this.#access = options.access;
    this.#knex = options.knex;
  }

  async list(
    filters: ListQuery,
    options: ListOptions,
  ): Promise<RowPage<PublicationRecord>> {
    const visible = await this.#access.visibleRepositories(options.credentials);
    return this.#inner.list(filters, { ...options, visible });
  }

  async get(uuid: string, options: CallOptions): Promise<PublicationRecord> {
    const publication = await this.#inner.get(uuid, options);
    await this.#access.requireRepository(
      rpmRepositoryReadPermission,
      publication.repositoryUuid,
      options.credentials,
    );
    return publication;
  }

  async create(input: PublicationInput, options: CallOptions): Promise<string> {
    const { repository, field } = await resolvePublished(this.#knex, input);
    await tellAsMissing(
      field,
      'Invalid hyperlink - Object does not exist.',
      this.#requirePublish(repository.uuid, options),
    );
    return this.#inner.create(input, options);
  }

  async delete(uuid: string, options: CallOptions): Promise<void> {
    const { repositoryUuid } = await this.#inner.get(uuid, options);
    await this.#requirePublish(repositoryUuid, options);
    await this.#inner.delete(uuid, options);
  }

  #requirePublish(
    repositoryUuid: string,
    { credentials }: CallOptions,
  ): Promise<void> {
    return this.#access.requireRepository(
      rpmRepositoryPublishPermission,
      repositoryUuid,
      credentials,
    );
  }
}

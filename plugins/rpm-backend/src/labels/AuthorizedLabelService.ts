import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  rpmRemoteUpdatePermission,
  rpmRepositoryPublishPermission,
  rpmRepositoryUpdatePermission,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { isUnitHeldBy, readUnit } from '../database/operations/content-units';
import { readDistribution } from '../database/operations/distributions';
import { hasUploadedUnit } from '../database/operations/uploads';
import type { ContentType } from '../identifiers';
import { actorOf } from '../identity/actor';
import type { AccessControl } from '../permissions/AccessControl';
import type { Label, Labeled, LabelService } from './types';

interface CallOptions {
  credentials: BackstageCredentials;
}

/**
 * Lets label those who may change the settings of what they label. Units have none and are shared:
 * they are labelled by who may modify a repository that holds them, and by who uploaded them.
 */
export class AuthorizedLabelService implements LabelService {
  readonly #inner: LabelService;
  readonly #access: AccessControl;
  readonly #knex: Knex;

  constructor(options: {
    inner: LabelService;
    access: AccessControl;
    knex: Knex;
  }) {
    this.#inner = options.inner;
    this.#access = options.access;
    this.#knex = options.knex;
  }

  async set(
    labeled: Labeled,
    label: Label,
    options: CallOptions,
  ): Promise<void> {
    await this.#require(labeled, options);
    await this.#inner.set(labeled, label, options);
  }

  async unset(
    labeled: Labeled,
    key: string,
    options: CallOptions,
  ): Promise<string> {
    await this.#require(labeled, options);
    return this.#inner.unset(labeled, key, options);
  }

  async #require(
    { kind, uuid }: Labeled,
    { credentials }: CallOptions,
  ): Promise<void> {
    switch (kind) {
      case 'repository':
        return this.#access.requireRepository(
          rpmRepositoryUpdatePermission,
          uuid,
          credentials,
        );
      case 'remote':
        return this.#access.requireRemote(
          rpmRemoteUpdatePermission,
          uuid,
          credentials,
        );
      case 'distribution':
        return this.#requireServed(uuid, credentials);
      default:
        return this.#requireUnit(kind, uuid, credentials);
    }
  }

  async #requireServed(
    uuid: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const distribution = await readDistribution(this.#knex, uuid);
    if (distribution?.servedRepositoryUuid) {
      await this.#access.requireRepository(
        rpmRepositoryPublishPermission,
        distribution.servedRepositoryUuid,
        credentials,
      );
    } else {
      await this.#access.requireAdmin(credentials);
    }
  }

  async #requireUnit(
    type: ContentType,
    uuid: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const visible = await this.#access.visibleRepositories(credentials);
    const unit = await readUnit(this.#knex, { type, uuid }, visible);
    if (!unit) throw new NotFoundError('Not found.');
    if (await hasUploadedUnit(this.#knex, unit.id, actorOf(credentials))) {
      return;
    }
    const modifiable = await this.#access.modifiableRepositories(credentials);
    if (await isUnitHeldBy(this.#knex, unit.id, modifiable)) return;
    await this.#access.requireAdmin(credentials);
  }
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  rpmRepositoryPublishPermission,
  rpmRepositoryReadPermission,
  type DistributionInput,
  type DistributionPatch,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { readServedRepository } from '../database/operations/distributions';
import type { RowPage } from '../database/pages';
import type { AccessControl } from '../permissions/AccessControl';
import { tellAsMissing } from '../permissions/tellAsMissing';
import { TARGETS } from './distributionRules';
import { MISSING_LINK, resolveTargets } from './resolveTargets';
import type {
  DistributionRecord,
  DistributionService,
  DistributionUpdate,
} from './types';

interface CallOptions {
  credentials: BackstageCredentials;
}

/**
 * Serving a repository is decided on that repository, before and after a change; a distribution
 * that serves none is for administrators to change.
 */
export class AuthorizedDistributionService implements DistributionService {
  readonly #inner: DistributionService;
  readonly #access: AccessControl;
  readonly #knex: Knex;

  constructor(options: {
    inner: DistributionService;
    access: AccessControl;
    knex: Knex;
  }) {
    this.#inner = options.inner;
    this.#access = options.access;
    this.#knex = options.knex;
  }

  async list(
    filters: ListQuery,
    options: CallOptions,
  ): Promise<RowPage<DistributionRecord>> {
    const visible = await this.#access.visibleRepositories(options.credentials);
    return this.#inner.list(filters, { ...options, visible });
  }

  async get(uuid: string, options: CallOptions): Promise<DistributionRecord> {
    const distribution = await this.#inner.get(uuid, options);
    if (distribution.servedRepositoryUuid) {
      await this.#access.requireRepository(
        rpmRepositoryReadPermission,
        distribution.servedRepositoryUuid,
        options.credentials,
      );
    }
    return distribution;
  }

  async create(
    input: DistributionInput,
    options: CallOptions,
  ): Promise<string> {
    await this.#requireServed(input, options);
    return this.#inner.create(input, options);
  }

  async update(
    uuid: string,
    patch: DistributionPatch,
    options: CallOptions & { replace: boolean },
  ): Promise<DistributionUpdate> {
    const before = await this.#inner.get(uuid, options);
    await this.#requirePublish(before.servedRepositoryUuid, options);
    if (patch.repository || patch.repository_version || patch.publication) {
      const { name, basePath } = before;
      await this.#requireServed(
        { name, base_path: basePath, ...patch },
        options,
      );
    }
    return this.#inner.update(uuid, patch, options);
  }

  async delete(uuid: string, options: CallOptions): Promise<string> {
    const { servedRepositoryUuid } = await this.#inner.get(uuid, options);
    await this.#requirePublish(servedRepositoryUuid, options);
    return this.#inner.delete(uuid, options);
  }

  async #requireServed(
    input: DistributionInput,
    options: CallOptions,
  ): Promise<void> {
    const targets = await resolveTargets(this.#knex, input);
    const served = await readServedRepository(this.#knex, targets);
    const [field] = TARGETS.filter(target => input[target]);
    await tellAsMissing(
      field,
      MISSING_LINK,
      this.#requirePublish(served, options),
    );
  }

  async #requirePublish(
    repositoryUuid: string | undefined,
    options: CallOptions,
  ): Promise<void> {
    if (repositoryUuid) {
      await this.#access.requireRepository(
        rpmRepositoryPublishPermission,
        repositoryUuid,
        options.credentials,
      );
    } else {
      await this.#access.requireAdmin(options.credentials);
    }
  }
}

import { NotFoundError } from '@backstage/errors';
import {
  rpmRepositoryCopyPermission,
  rpmRepositoryReadPermission,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { AccessControl } from '../permissions/AccessControl';
import type {
  CallOptions,
  CurrentPlan,
  PlanService,
  PlanUnitQuery,
} from './types';

/**
 * Shows plans to who may read all sources and destinations, and lets those apply one who may also
 * copy into each destination.
 */
export class AuthorizedPlanService implements PlanService {
  readonly #inner: PlanService;
  readonly #access: AccessControl;

  constructor(options: { inner: PlanService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async list(filters: ListQuery, options: CallOptions) {
    const visible = await this.#access.visibleRepositories(options.credentials);
    return this.#inner.list(filters, { ...options, visible });
  }

  async get(uuid: string, options: CallOptions): Promise<CurrentPlan> {
    const current = await this.#inner.get(uuid, options);
    const { source, base } = current.plan.versions;
    try {
      await this.#requireAll(
        rpmRepositoryReadPermission,
        [...source, ...base],
        options,
      );
    } catch (error) {
      throw error instanceof NotFoundError
        ? new NotFoundError('No Plan matches the given query.')
        : error;
    }
    return current;
  }

  async units(uuid: string, query: PlanUnitQuery, options: CallOptions) {
    await this.get(uuid, options);
    return this.#inner.units(uuid, query, options);
  }

  async missing(
    uuid: string,
    query: { limit: number; offset: number },
    options: CallOptions,
  ) {
    await this.get(uuid, options);
    return this.#inner.missing(uuid, query, options);
  }

  async problem(uuid: string, options: CallOptions & { signal: AbortSignal }) {
    await this.get(uuid, options);
    return this.#inner.problem(uuid, options);
  }

  async apply(
    uuid: string,
    input: { reason: string | undefined },
    options: CallOptions,
  ): Promise<string> {
    const { plan } = await this.get(uuid, options);
    await this.#requireAll(
      rpmRepositoryCopyPermission,
      plan.versions.base,
      options,
    );
    return this.#inner.apply(uuid, input, options);
  }

  async #requireAll(
    permission: typeof rpmRepositoryReadPermission,
    versions: readonly ({ repositoryUuid: string } | undefined)[],
    { credentials }: CallOptions,
  ): Promise<void> {
    const repositories = new Set(
      versions.flatMap(version => version?.repositoryUuid ?? []),
    );
    for (const uuid of repositories) {
      await this.#access.requireRepository(permission, uuid, credentials);
    }
  }
}

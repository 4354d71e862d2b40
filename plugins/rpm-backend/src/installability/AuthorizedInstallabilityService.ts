import { NotFoundError } from '@backstage/errors';
import { rpmRepositoryReadPermission } from '@rpmportal/backstage-plugin-rpm-common';
import type { AccessControl } from '../permissions/AccessControl';
import type {
  InstallabilityOptions,
  InstallabilityPage,
  InstallabilityQuery,
  InstallabilityService,
} from './types';

/** Lets who may read the repositories of a version and its contexts have the report. */
export class AuthorizedInstallabilityService implements InstallabilityService {
  readonly #inner: InstallabilityService;
  readonly #access: AccessControl;

  constructor(options: {
    inner: InstallabilityService;
    access: AccessControl;
  }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async report(
    repositoryUuid: string,
    number: number,
    query: InstallabilityQuery,
    options: InstallabilityOptions,
  ): Promise<InstallabilityPage> {
    await this.#requireRead(repositoryUuid, options);
    return this.#inner.report(repositoryUuid, number, query, {
      ...options,
      mayRead: uuid => this.#mayRead(uuid, options),
    });
  }

  async #mayRead(
    repositoryUuid: string,
    options: InstallabilityOptions,
  ): Promise<boolean> {
    try {
      await this.#requireRead(repositoryUuid, options);
      return true;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
  }

  async #requireRead(
    repositoryUuid: string,
    { credentials }: InstallabilityOptions,
  ): Promise<void> {
    await this.#access.requireRepository(
      rpmRepositoryReadPermission,
      repositoryUuid,
      credentials,
    );
  }
}

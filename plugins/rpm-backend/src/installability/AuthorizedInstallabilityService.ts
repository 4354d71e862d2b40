import type { AccessControl } from '../permissions/AccessControl';
import { readingOf } from '../permissions/readingOf';
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
    const reading = readingOf(this.#access, options.credentials);
    await reading.require(repositoryUuid);
    return this.#inner.report(repositoryUuid, number, query, {
      ...options,
      mayRead: reading.may,
    });
  }
}

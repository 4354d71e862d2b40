import type { AccessControl } from '../../permissions/AccessControl';
import { readingOf } from '../../permissions/readingOf';
import type { CallOptions } from '../types';
import type { DiffQuery, VersionDiffPage, VersionDiffService } from './types';

/** Lets who may read both repositories compare their versions. */
export class AuthorizedVersionDiffService implements VersionDiffService {
  readonly #inner: VersionDiffService;
  readonly #access: AccessControl;

  constructor(options: { inner: VersionDiffService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async diff(
    repositoryUuid: string,
    number: number,
    query: DiffQuery,
    options: CallOptions,
  ): Promise<VersionDiffPage> {
    const reading = readingOf(this.#access, options.credentials);
    await reading.require(repositoryUuid);
    return this.#inner.diff(repositoryUuid, number, query, {
      ...options,
      mayRead: reading.may,
    });
  }
}

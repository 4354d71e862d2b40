import { rpmRepositoryModifyPermission } from '@rpmportal/backstage-plugin-rpm-common';
import { parseReference } from '../../identifiers';
import type { AccessControl } from '../../permissions/AccessControl';
import { tellAsMissing } from '../../permissions/tellAsMissing';
import type { CallOptions } from '../types';
import { repositoryNotFound } from './DefaultPruneService';
import type { PruneInput, PruneService } from './types';

/** Lets through who may change each of the repositories; all of them, administrators. */
export class AuthorizedPruneService implements PruneService {
  readonly #inner: PruneService;
  readonly #access: AccessControl;

  constructor(options: { inner: PruneService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async prune(input: PruneInput, options: CallOptions): Promise<string> {
    const { credentials } = options;
    if (input.repositories === '*') {
      await this.#access.requireAdmin(credentials);
      return this.#inner.prune(input, options);
    }
    for (const reference of new Set(input.repositories)) {
      const repository = parseReference(reference);
      if (repository?.kind !== 'repository' || !('uuid' in repository))
        continue;
      await tellAsMissing(
        'repo_hrefs',
        repositoryNotFound(reference),
        this.#access.requireRepository(
          rpmRepositoryModifyPermission,
          repository.uuid,
          credentials,
        ),
      );
    }
    return this.#inner.prune(input, options);
  }
}

import {
  rpmRepositoryPublishPermission,
  rpmRepositoryRollbackPermission,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { AccessControl } from '../../permissions/AccessControl';
import type { CallOptions } from '../../repository';
import type { RollbackInput, RollbackService } from './types';

/** Lets those roll back whom the policy allows; with publishing, those who may publish as well. */
export class AuthorizedRollbackService implements RollbackService {
  readonly #inner: RollbackService;
  readonly #access: AccessControl;

  constructor(options: { inner: RollbackService; access: AccessControl }) {
    this.#inner = options.inner;
    this.#access = options.access;
  }

  async rollback(
    repositoryUuid: string,
    input: RollbackInput,
    options: CallOptions,
  ): Promise<string> {
    const permissions = [
      rpmRepositoryRollbackPermission,
      ...(input.publish ? [rpmRepositoryPublishPermission] : []),
    ];
    for (const permission of permissions) {
      await this.#access.requireRepository(
        permission,
        repositoryUuid,
        options.credentials,
      );
    }
    return this.#inner.rollback(repositoryUuid, input, options);
  }
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { rpmRepositoryReadPermission } from '@rpmportal/backstage-plugin-rpm-common';
import type { AccessControl } from './AccessControl';

/** Which repositories a caller may read; each is named by its UUID. */
export interface Reading {
  /** @throws NotFoundError when the caller may not see the repository, or there is none */
  require(repositoryUuid: string): Promise<void>;
  may(repositoryUuid: string): Promise<boolean>;
}

/** Asks for one caller, for services that look at several repositories at once. */
export function readingOf(
  access: AccessControl,
  credentials: BackstageCredentials,
): Reading {
  const require = (repositoryUuid: string) =>
    access.requireRepository(
      rpmRepositoryReadPermission,
      repositoryUuid,
      credentials,
    );
  return {
    async require(repositoryUuid) {
      await require(repositoryUuid);
    },
    async may(repositoryUuid) {
      try {
        await require(repositoryUuid);
        return true;
      } catch (error) {
        if (error instanceof NotFoundError) return false;
        throw error;
      }
    },
  };
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  rpmContentUploadPermission,
  rpmRepositoryModifyPermission,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { parseReference } from '../identifiers';
import type { AccessControl } from '../permissions/AccessControl';
import { tellAsMissing } from '../permissions/tellAsMissing';
import { getRepository } from '../repository/references';
import type { RepositoryRecord } from '../repository/types';
import { InvalidInputError } from '../validation';

/** What is told of a repository that is not there, and of one that the caller may not see. */
const MISSING = 'Invalid hyperlink - Object does not exist.';

/**
 * Lets those add to a repository who may modify it, and upload for none who may do that.
 *
 * @param reference - of the repository, if any
 * @throws NotAllowedError, InvalidInputError when the caller may not even see it
 */
export async function requireDestination(
  access: AccessControl,
  reference: string | undefined,
  credentials: BackstageCredentials,
): Promise<void> {
  const named = reference === undefined ? undefined : parseReference(reference);
  if (named?.kind !== 'repository') {
    await access.requireBasic(rpmContentUploadPermission, credentials);
    return;
  }
  await tellAsMissing(
    'repository',
    MISSING,
    access.requireRepository(
      rpmRepositoryModifyPermission,
      named.uuid,
      credentials,
    ),
  );
}

/** Whether somebody may upload for no repository, or into any. */
export async function mayUploadAnywhere(
  access: AccessControl,
  credentials: BackstageCredentials,
): Promise<boolean> {
  try {
    await access.requireBasic(rpmContentUploadPermission, credentials);
    return true;
  } catch (error) {
    if (!(error instanceof NotAllowedError)) throw error;
    const modifiable = await access.modifiableRepositories(credentials);
    return modifiable === 'all' || modifiable.ids.length > 0;
  }
}

/**
 * @param reference - of a repository, if any
 * @throws InvalidInputError
 */
export async function findDestination(
  knex: Knex,
  reference: string | undefined,
): Promise<RepositoryRecord | undefined> {
  if (reference === undefined) return undefined;
  const named = parseReference(reference);
  if (named?.kind !== 'repository') {
    throw InvalidInputError.field('repository', MISSING);
  }
  return tellAsMissing('repository', MISSING, getRepository(knex, named.uuid));
}

import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { RepositoryFields } from '../../../repository/types';
import type { DbRepositoryRow } from '../../tables';
import { currentTimestamp } from '../../time';
import { insertVersion } from '../versions/insertVersion';
import { toRepositoryColumns } from './repositoryRows';

/** What a repository is told when nothing is said but its name. */
export const BARE_REPOSITORY: Omit<RepositoryFields, 'name'> = {
  description: undefined,
  labels: {},
  remoteId: undefined,
  autopublish: false,
  retainRepoVersions: undefined,
  retainCheckpoints: undefined,
  retainPackageVersions: 0,
  modularRemoval: 'warn',
  checksumType: undefined,
  compressionType: undefined,
  layout: undefined,
  repoConfig: {},
  packageSigningFingerprint: undefined,
  osvConfig: undefined,
  owner: undefined,
  entity: undefined,
};

/**
 * Creates a repository with its version 0, which is complete and empty.
 *
 * @returns the new repository's UUID
 */
export async function insertRepository(
  trx: Knex.Transaction,
  fields: RepositoryFields,
  createdBy: string | undefined,
): Promise<string> {
  const now = currentTimestamp();
  const uuid = uuidv7();
  const [{ id }] = await trx<DbRepositoryRow>('repository')
    .insert({
      ...toRepositoryColumns(fields),
      uuid,
      created_at: now,
      updated_at: now,
      created_by: createdBy ?? null,
      next_version: 1,
    })
    .returning('id');
  await insertVersion(trx, {
    repositoryId: id,
    number: 0,
    baseVersionId: undefined,
    counts: { added: {}, removed: {}, present: {} },
    createdBy,
    reason: undefined,
    inputs: { operation: 'create' },
  });
  return uuid;
}

export async function updateRepository(
  knex: Knex,
  id: number,
  fields: RepositoryFields,
): Promise<void> {
  await knex<DbRepositoryRow>('repository')
    .where({ id })
    .update({ ...toRepositoryColumns(fields), updated_at: currentTimestamp() });
}

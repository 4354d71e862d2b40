import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { VersionRecord } from '../../../repository/versionTypes';
import type { DbRepositoryVersionRow } from '../../tables';
import { currentTimestamp } from '../../time';

/** What a new version's row says. */
export type NewVersion = Pick<
  VersionRecord,
  'repositoryId' | 'number' | 'counts' | 'createdBy' | 'reason' | 'inputs'
> & { baseVersionId: number | undefined; retainedPackageVersions?: number };

/** @returns the version's internal id */
export async function insertVersion(
  trx: Knex.Transaction,
  version: NewVersion,
): Promise<number> {
  const now = currentTimestamp();
  const [{ id }] = await trx<DbRepositoryVersionRow>('repository_version')
    .insert({
      uuid: uuidv7(),
      created_at: now,
      updated_at: now,
      repository_id: version.repositoryId,
      number: version.number,
      base_version_id: version.baseVersionId ?? null,
      counts_json: JSON.stringify(version.counts),
      retained_package_versions: version.retainedPackageVersions ?? null,
      created_by: version.createdBy ?? null,
      reason: version.reason ?? null,
      inputs_json: JSON.stringify(version.inputs),
    })
    .returning('id');
  return id;
}

import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type {
  VersionPlan,
  VersionRecord,
} from '../../../repository/versionTypes';
import type { DbRepositoryRow } from '../../tables';
import { currentTimestamp } from '../../time';
import { changedCounts, sumOf } from '../../unitCounts';
import { insertVersion } from './insertVersion';
import { readLatestVersion, readVersionById } from './readVersions';
import { addUnits, countChanges, removeUnits } from './writeMembership';

/**
 * Writes a version as planned: membership, counts, the repository's counter, all in the given
 * transaction. The repository's row is locked first, so that two makers cannot both take a number.
 *
 * @throws ConflictError when the plan was made against a version that is not the latest any more, or
 *   a unit of it does not exist any more
 */
export async function applyVersionPlan(
  trx: Knex.Transaction,
  plan: VersionPlan,
  about: Pick<VersionRecord, 'createdBy' | 'reason' | 'inputs'>,
): Promise<VersionRecord> {
  const repositories = trx<DbRepositoryRow>('repository').where({
    id: plan.repositoryId,
  });
  const isPostgres = trx.client.config.client === 'pg';
  const repository = await (isPostgres
    ? repositories.clone().forUpdate().first()
    : repositories.clone().first());
  const latest = await readLatestVersion(trx, plan.repositoryId);
  if (!repository || latest?.id !== plan.latestVersionId) {
    throw new ConflictError('The repository changed while this was planned.');
  }

  const number = repository.next_version;
  const removed = plan.removed.map(({ unitId }) => unitId);
  await removeUnits(trx, plan.repositoryId, number, removed);
  await addUnits(trx, plan.repositoryId, number, plan.added);
  const changes = await countChanges(trx, plan.repositoryId, number);
  if (sumOf(changes.added) < plan.added.length) {
    throw new ConflictError('A content unit does not exist any more.');
  }
  const id = await insertVersion(trx, {
    repositoryId: plan.repositoryId,
    number,
    baseVersionId: plan.baseVersionId,
    retainedPackageVersions: plan.retainedPackageVersions,
    counts: {
      ...changes,
      present: changedCounts(latest.counts.present, changes),
    },
    ...about,
  });
  await repositories
    .clone()
    .update({ next_version: number + 1, updated_at: currentTimestamp() });
  return (await readVersionById(trx, id))!;
}

import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type {
  UnitCounts,
  VersionPlan,
  VersionRecord,
} from '../../../repository/versionTypes';
import type { DbRepositoryRow } from '../../tables';
import { currentTimestamp } from '../../time';
import { insertVersion } from './insertVersion';
import { readLatestVersion, readVersionById } from './readVersions';
import { addUnits, countChanges, removeUnits } from './writeMembership';

/** Types with zero units are left out, as everywhere in counts. */
function sumCounts(
  present: UnitCounts,
  { added, removed }: { added: UnitCounts; removed: UnitCounts },
): UnitCounts {
  const sum: Record<string, number> = { ...present };
  for (const [type, count] of Object.entries(added)) {
    sum[type] = (sum[type] ?? 0) + count;
  }
  for (const [type, count] of Object.entries(removed)) {
    sum[type] = (sum[type] ?? 0) - count;
  }
  return Object.fromEntries(
    Object.entries(sum)
      .filter(([, count]) => count > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * Writes a version as planned: membership, counts, the repository's counter, all in the given
 * transaction. The repository's row is locked first, so that two makers cannot both take a number.
 *
 * @throws ConflictError when the plan was made against a version that is not the latest any more
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
  const id = await insertVersion(trx, {
    repositoryId: plan.repositoryId,
    number,
    baseVersionId: plan.baseVersionId,
    retainedPackageVersions: plan.retainedPackageVersions,
    counts: { ...changes, present: sumCounts(latest.counts.present, changes) },
    ...about,
  });
  await repositories
    .clone()
    .update({ next_version: number + 1, updated_at: currentTimestamp() });
  return (await readVersionById(trx, id))!;
}

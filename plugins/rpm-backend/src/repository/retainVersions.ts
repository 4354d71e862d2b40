import type { Knex } from 'knex';
import { readRepositoryById } from '../database/operations/repositories';
import * as operations from '../database/operations/versions';
import type { VersionRecord } from './versionTypes';

/**
 * Which versions are too old to stay when only the newest `keep` do. Those that are served count
 * for nothing: they stay, and let as many others stay as if they were not there.
 *
 * @param versionIds - newest first
 */
export function findSurplusVersions(
  versionIds: readonly number[],
  served: ReadonlySet<number>,
  keep: number,
): number[] {
  return versionIds.filter(id => !served.has(id)).slice(keep);
}

/**
 * Deletes the versions of a repository that its `retain_repo_versions` does not keep.
 *
 * @remarks
 * Newest first: then each row of membership is handed on at most once.
 */
export async function retainVersions(
  trx: Knex.Transaction,
  repositoryId: number,
): Promise<VersionRecord[]> {
  const repository = await readRepositoryById(trx, repositoryId);
  if (!repository?.retainRepoVersions) return [];
  const surplus = findSurplusVersions(
    await operations.listVersionIds(trx, repositoryId),
    await operations.listProtectedVersions(trx, repositoryId),
    repository.retainRepoVersions,
  );
  const deleted: VersionRecord[] = [];
  for (const id of surplus) {
    deleted.push((await operations.readVersionById(trx, id))!);
    await operations.deleteVersion(trx, repositoryId, id);
  }
  return deleted;
}

import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { readRepositoryById } from '../database/operations/repositories';
import * as operations from '../database/operations/versions';
import { TaskError } from '../tasks/errors';
import { retain } from './retention';
import type {
  NewVersionRequest,
  VersionOutcome,
  VersionPlan,
} from './versionTypes';

/**
 * Writes a planned version, whose merged advisories are stored, unless it would equal the latest
 * one, and deletes the versions that the repository then does not keep.
 *
 * @throws TaskError when the repository has a newer version than the plan knew, or a unit is gone
 */
export async function applyPlan(
  trx: Knex.Transaction,
  plan: VersionPlan,
  request: NewVersionRequest,
): Promise<VersionOutcome> {
  if (!plan.added.length && !plan.removed.length) {
    const version = await operations.readVersionById(trx, plan.latestVersionId);
    return {
      outcome: 'unchanged',
      version: version!,
      plan,
      deletedVersions: [],
    };
  }
  const version = await operations
    .applyVersionPlan(trx, plan, {
      createdBy: request.createdBy,
      reason: request.reason,
      inputs: request.inputs,
    })
    .catch(error => {
      throw error instanceof ConflictError
        ? new TaskError('PLP0005', error.message)
        : error;
    });
  const { retainRepoVersions } = (await readRepositoryById(
    trx,
    request.repositoryId,
  ))!;
  const retention = await retain(trx, request.repositoryId, {
    retainRepoVersions,
  });
  const deletedVersions = retention.surplusVersions;
  return { outcome: 'created', version, plan, deletedVersions };
}

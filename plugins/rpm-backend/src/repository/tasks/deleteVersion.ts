import type { Knex } from 'knex';
import * as operations from '../../database/operations/versions';
import { TaskError, type TaskHandler } from '../../tasks';

/** Pulp's name of the task. */
export const DELETE_VERSION_TASK =
  'pulpcore.app.tasks.repository.delete_version';

export interface DeleteVersionInput {
  versionId: number;
}

/** Why a version that is served cannot be deleted. */
export const VERSION_IS_DISTRIBUTED =
  'The repository version cannot be deleted because it (or its publications) are currently being ' +
  'used to distribute content. Please update the necessary distributions first.';

export function deleteVersionHandler(options: { knex: Knex }): TaskHandler {
  return async (context, input: DeleteVersionInput) => {
    await options.knex.transaction(async trx => {
      const version = await operations.readVersionById(trx, input.versionId);
      if (version) await deleteVersion(trx, version.repositoryId, version.id);
      await context.commit(trx, {});
    });
  };
}

async function deleteVersion(
  trx: Knex.Transaction,
  repositoryId: number,
  versionId: number,
): Promise<void> {
  if ((await operations.countVersions(trx, repositoryId)) === 1) {
    throw new TaskError(
      'PLP0011',
      'Cannot delete repository version. Repositories must have at least one repository version.',
    );
  }
  const served = await operations.listProtectedVersions(trx, repositoryId);
  if (served.has(versionId)) {
    throw new TaskError('PLP0006', VERSION_IS_DISTRIBUTED);
  }
  await operations.deleteVersion(trx, repositoryId, versionId);
}

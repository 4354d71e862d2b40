import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import type { RepositoryPatch } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import {
  readRepositoryById,
  updateRepository,
} from '../../database/operations/repositories';
import { TaskError, type TaskHandler } from '../../tasks';
import { InvalidInputError } from '../../validation';
import { patchedInput, toRepositoryFields } from '../repositoryFields';
import { resolveRemote } from '../references';

/** Pulp's name of the task. */
export const UPDATE_TASK = 'pulpcore.app.tasks.base.ageneral_update';

/** The kind in the task's input, for the name serves several. */
export const UPDATE_REPOSITORY = 'repository';

export interface UpdateRepositoryInput {
  kind: typeof UPDATE_REPOSITORY;
  repositoryId: number;
  patch: RepositoryPatch;
  replace: boolean;
}

/** Puts into effect at once what new settings no longer keep. */
export type SettingsCleanUp = (
  trx: Knex.Transaction,
  repositoryId: number,
) => Promise<unknown>;

/**
 * Lays the patch over the settings as they are when the task runs, so that of two updates at the
 * same time neither is lost; then cleans up what the settings no longer keep.
 */
export function updateHandler(options: {
  knex: Knex;
  cleanUps: readonly SettingsCleanUp[];
}): TaskHandler {
  const { knex, cleanUps } = options;
  return async (context, input: UpdateRepositoryInput) => {
    try {
      await knex.transaction(async trx => {
        const repository = await readRepositoryById(trx, input.repositoryId, {
          lock: true,
        });
        if (!repository) {
          throw new TaskError(
            'PLP0005',
            'The repository does not exist any more.',
          );
        }
        const patched = patchedInput(repository, input.patch, input);
        const remoteId = await resolveRemote(trx, patched.remote);
        const fields = toRepositoryFields(patched, remoteId);
        await updateRepository(trx, repository.id, fields);
        for (const cleanUp of cleanUps) await cleanUp(trx, repository.id);
        await context.commit(trx, {});
      });
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw new TaskError(
          'PLP0000',
          'The name is taken by another repository.',
        );
      }
      if (error instanceof InvalidInputError) {
        throw new TaskError('PLP0005', 'The remote does not exist any more.');
      }
      throw error;
    }
  };
}

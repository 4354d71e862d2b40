import type { Knex } from 'knex';
import { deleteRepository } from '../../database/operations/repositories';
import type { TaskHandler } from '../../tasks';

/** Pulp's name of the task. */
export const DELETE_TASK = 'pulpcore.app.tasks.base.general_delete';

/** The kind in the task's input, for the name serves several. */
export const DELETE_REPOSITORY = 'repository';

export interface DeleteRepositoryInput {
  kind: typeof DELETE_REPOSITORY;
  repositoryId: number;
}

export function deleteHandler(options: { knex: Knex }): TaskHandler {
  return async (context, input: DeleteRepositoryInput) => {
    await options.knex.transaction(async trx => {
      await deleteRepository(trx, input.repositoryId);
      await context.commit(trx, {});
    });
  };
}

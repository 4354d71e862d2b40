import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import type {
  RepositoryPatch,
  SettingsDryRunResult,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { ReadOptions } from '../../database/lock';
import {
  readRepositoryById,
  updateRepository,
} from '../../database/operations/repositories';
import { TaskError, type TaskHandler } from '../../tasks';
import type { TaskOutcome } from '../../tasks/types';
import { InvalidInputError } from '../../validation';
import { patchedInput, toRepositoryFields } from '../repositoryFields';
import { resolveRemote } from '../references';
import { describeRetention, previewRetention, retain } from '../retention';
import type { RepositoryFields, RepositoryRecord } from '../types';
import type { VersionMaker } from '../VersionMaker';

/** Pulp's name of the task. */
export const UPDATE_TASK = 'pulpcore.app.tasks.base.ageneral_update';

/** The kind in the task's input, for the name serves several. */
export const UPDATE_REPOSITORY = 'repository';

export interface UpdateRepositoryInput {
  kind: typeof UPDATE_REPOSITORY;
  repositoryId: number;
  patch: RepositoryPatch;
  replace: boolean;
  /** Only tell what the settings would no longer keep. */
  dryRun: boolean;
}

/**
 * Lays the patch over the settings as they are when the task runs, so that of two updates at the
 * same time neither is lost; then removes what the settings no longer keep, and tells it.
 */
export function updateHandler(options: {
  knex: Knex;
  maker: VersionMaker;
}): TaskHandler {
  const { knex, maker } = options;
  return async (context, input: UpdateRepositoryInput) => {
    try {
      if (input.dryRun) return await preview(knex, maker, input);
      await knex.transaction(async trx => {
        const { repository, fields } = await patch(trx, input, { lock: true });
        await updateRepository(trx, repository.id, fields);
        const plan = await retain(trx, repository.id, fields);
        const removes =
          plan.surplusVersions.length || plan.surplusCheckpoints.length;
        // Pulp's updates have no result; this one has one when there is something to tell.
        await context.commit(
          trx,
          removes ? { result: describeRetention(repository.uuid, plan) } : {},
        );
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
    return undefined;
  };
}

/** The repository, and what its settings are to be. */
async function patch(
  knex: Knex,
  input: UpdateRepositoryInput,
  options?: ReadOptions,
): Promise<{ repository: RepositoryRecord; fields: RepositoryFields }> {
  const repository = await readRepositoryById(
    knex,
    input.repositoryId,
    options,
  );
  if (!repository) {
    throw new TaskError('PLP0005', 'The repository does not exist any more.');
  }
  const patched = patchedInput(repository, input.patch, input);
  const remoteId = await resolveRemote(knex, patched.remote);
  return { repository, fields: toRepositoryFields(patched, remoteId) };
}

/** Versions and checkpoints would go at once, packages with the next version. */
async function preview(
  knex: Knex,
  maker: VersionMaker,
  input: UpdateRepositoryInput,
): Promise<TaskOutcome> {
  const { repository, fields } = await patch(knex, input);
  const next = await maker.preview({
    repositoryId: repository.id,
    add: [],
    remove: [],
    retainPackageVersions: fields.retainPackageVersions,
    createdBy: undefined,
    inputs: {},
  });
  const plan = await previewRetention(knex, repository.id, fields);
  const result: SettingsDryRunResult = {
    ...next.result,
    ...describeRetention(repository.uuid, plan),
  };
  return { result };
}

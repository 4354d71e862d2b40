import type { Knex } from 'knex';
import type { OpenRemote } from '../../download';
import { readRemoteById } from '../../database/operations/remotes';
import { readRepositoryById } from '../../database/operations/repositories';
import { prnOf } from '../../identifiers';
import type { RemoteRecord } from '../../remote/types';
import type { RepositoryRecord, VersionMaker } from '../../repository';
import type { ArtifactStorage } from '../../storage';
import { TaskError, type TaskHandler, type TaskSpec } from '../../tasks';
import type { WorkerPool } from '../../workers';
import { synchronize } from '../synchronize';
import type { SyncOptions } from '../types';

/** Pulp's name of the task. */
export const SYNC_TASK = 'pulp_rpm.app.tasks.synchronizing.synchronize';

interface SyncTaskInput {
  repositoryId: number;
  remoteId: number;
  options: SyncOptions;
}

/** The task of a sync call: the repository is reserved for it alone, the remote is shared. */
export function syncTask(
  repository: Pick<RepositoryRecord, 'id' | 'uuid'>,
  remote: Pick<RemoteRecord, 'id' | 'uuid'>,
  options: SyncOptions,
): Omit<TaskSpec, 'createdBy'> {
  const input: SyncTaskInput = {
    repositoryId: repository.id,
    remoteId: remote.id,
    options,
  };
  return {
    name: SYNC_TASK,
    input,
    reservations: {
      exclusive: [prnOf('repository', repository.uuid)],
      shared: [prnOf('remote', remote.uuid)],
    },
  };
}

export function syncHandler(services: {
  knex: Knex;
  maker: VersionMaker;
  storage: ArtifactStorage;
  threads: WorkerPool;
  openRemote: OpenRemote;
}): TaskHandler {
  const { knex, storage, openRemote } = services;
  return async (context, input: SyncTaskInput) => {
    const repository = await readRepositoryById(knex, input.repositoryId);
    const remote = await readRemoteById(knex, input.remoteId);
    if (!repository || !remote) {
      const what = repository ? 'remote' : 'repository';
      throw new TaskError('PLP0005', `The ${what} does not exist any more.`);
    }
    const abandoned = new AbortController();
    const downloader = openRemote(remote, {
      signal: AbortSignal.any([context.signal, abandoned.signal]),
    });
    const folder = await storage.workFolder();
    try {
      return await synchronize(
        {
          ...services,
          context,
          repository,
          remote,
          downloader,
          abandon: () => abandoned.abort(),
          options: input.options,
          folder: folder.path,
          problems: [],
        },
        services.maker,
      );
    } catch (error) {
      // Remotes can be deleted at any time; what then fails first is left to chance.
      if (!(await readRemoteById(knex, remote.id))) {
        throw new TaskError(
          'PLP0005',
          'The remote was deleted while it was synced from.',
        );
      }
      throw error;
    } finally {
      await downloader.close();
      await folder[Symbol.asyncDispose]();
    }
  };
}

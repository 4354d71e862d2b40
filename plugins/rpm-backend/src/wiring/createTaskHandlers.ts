import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { ROLLBACK_TASK, rollbackHandler } from '../checkpoint/rollback';
import { COPY_TASK, copyHandler } from '../copy';
import type { OpenRemote } from '../download';
import { BACKFILL_TASK, backfillHandler } from '../modulemd-map';
import { ORPHAN_TASK, orphanHandler } from '../orphans';
import { APPLY_PLAN_TASK, applyPlanHandler } from '../plan';
import { PUBLISH_TASK, publishHandler, type Publisher } from '../publish';
import type { VersionHooks, VersionMaker } from '../repository';
import { PRUNE_TASK, pruneHandler } from '../repository/prune';
import { REPAIR_TASK, repairHandler } from '../repository/repair';
import * as repositoryTasks from '../repository/tasks';
import type { SolverService } from '../solving';
import type { FileSystemArtifactStorage } from '../storage';
import { SYNC_TASK, syncHandler } from '../sync';
import { handleByKind, type TaskHandler } from '../tasks';
import { PURGE_TASK, purgeHandler } from '../tasks/purgeTask';
import * as upload from '../upload';
import type { ThreadPool } from '../workers';
import type { RpmConfig } from './readRpmConfig';

/** What carries out each kind of task, by the task's name. */
export function createTaskHandlers(services: {
  knex: Knex;
  config: RpmConfig;
  auditor: AuditorService;
  threads: ThreadPool;
  storage: FileSystemArtifactStorage;
  openRemote: OpenRemote;
  publisher: Publisher;
  hooks: VersionHooks;
  maker: VersionMaker;
  solver: SolverService;
  creators: upload.UnitCreators;
  modulesReader: upload.ModulesFileReader;
  uploadFiles: upload.UploadFiles;
}): ReadonlyMap<string, TaskHandler> {
  const { knex, config, auditor, threads, storage, openRemote } = services;
  const { publisher, hooks, maker, solver, creators } = services;
  const { modulesReader, uploadFiles } = services;
  return new Map<string, TaskHandler>([
    [
      upload.CREATE_CONTENT_TASK,
      upload.createContentHandler({ knex, storage, maker, creators }),
    ],
    [
      upload.UPLOAD_COMPS_TASK,
      upload.uploadCompsHandler({ knex, storage, threads, maker }),
    ],
    [
      upload.UPLOAD_MODULES_TASK,
      upload.uploadModulesHandler({ knex, reader: modulesReader, maker }),
    ],
    [
      upload.COMMIT_UPLOAD_TASK,
      upload.commitUploadHandler({ knex, files: uploadFiles }),
    ],
    [
      COPY_TASK,
      copyHandler({
        knex,
        solver,
        hooks,
        rules: config.versionRules,
        auditor,
        planKeepDays: config.planKeepDays,
      }),
    ],
    [
      APPLY_PLAN_TASK,
      applyPlanHandler({ knex, hooks, rules: config.versionRules, auditor }),
    ],
    [PUBLISH_TASK, publishHandler({ knex, publisher })],
    [ROLLBACK_TASK, rollbackHandler({ maker, publisher })],
    [ORPHAN_TASK, orphanHandler({ knex, storage })],
    [BACKFILL_TASK, backfillHandler({ knex })],
    [REPAIR_TASK, repairHandler({ knex, storage, threads, openRemote })],
    [PRUNE_TASK, pruneHandler({ knex, maker })],
    [PURGE_TASK, purgeHandler({ knex })],
    [SYNC_TASK, syncHandler({ knex, maker, storage, threads, openRemote })],
    [repositoryTasks.MODIFY_TASK, repositoryTasks.modifyHandler({ maker })],
    [
      repositoryTasks.DELETE_VERSION_TASK,
      repositoryTasks.deleteVersionHandler({ knex }),
    ],
    [
      repositoryTasks.UPDATE_TASK,
      handleByKind({
        [repositoryTasks.UPDATE_REPOSITORY]: repositoryTasks.updateHandler({
          knex,
          maker,
        }),
      }),
    ],
    [
      repositoryTasks.DELETE_TASK,
      handleByKind({
        [repositoryTasks.DELETE_REPOSITORY]: repositoryTasks.deleteHandler({
          knex,
        }),
      }),
    ],
  ]);
}

import type {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { PermissionAccessControl } from '../permissions/PermissionAccessControl';
import { AuthorizedRemoteService, DefaultRemoteService } from '../remote';
import { StatusService } from '../status/StatusService';
import { TaskQueue, TaskWorker, type TaskHandler } from '../tasks';
import { AuthorizedTaskQueue } from '../tasks/AuthorizedTaskQueue';
import type { RpmConfig } from './readRpmConfig';

/** Builds the services and ties them together; the only place that does. */
export function createRpmServices(options: {
  knex: Knex;
  config: RpmConfig;
  logger: LoggerService;
  permissions: PermissionsService;
}) {
  const { knex, config, logger, permissions } = options;
  const access = new PermissionAccessControl({ permissions });
  const queue = new TaskQueue({ knex });
  const handlers = new Map<string, TaskHandler>();
  const remotes = new DefaultRemoteService({
    knex,
    tasks: queue,
    policy: { allowedImportPaths: config.allowedImportPaths },
  });
  return {
    queue,
    worker: new TaskWorker({
      knex,
      logger,
      queue,
      handlers,
      concurrency: config.taskConcurrency,
    }),
    status: new StatusService({
      knex,
      contentOrigin: config.contentOrigin,
      storagePath: config.storagePath,
    }),
    tasks: new AuthorizedTaskQueue({ queue, access }),
    remotes: new AuthorizedRemoteService({ inner: remotes, access }),
  };
}

/** All services, as the API and other modules get them. */
export type RpmServices = ReturnType<typeof createRpmServices>;

import type {
  AuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { OwnedResources } from '../permissions/OwnedResources';
import { OwnerResolver } from '../permissions/OwnerResolver';
import { PermissionAccessControl } from '../permissions/PermissionAccessControl';
import { registerPermissions } from '../permissions/registerPermissions';
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
  auth: AuthService;
  catalog: CatalogService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
}) {
  const { knex, config, logger, permissions, permissionsRegistry } = options;
  const owners = new OwnerResolver(options);
  const resources = new OwnedResources({ knex, owners });
  registerPermissions({ registry: permissionsRegistry, resources });
  const access = new PermissionAccessControl({
    permissions,
    registry: permissionsRegistry,
    resources,
  });
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

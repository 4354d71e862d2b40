import type {
  AuditorService,
  BackstageCredentials,
  AuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import {
  AuthorizedRollbackService,
  DefaultRollbackService,
} from '../checkpoint/rollback';
import {
  AuthorizedContentUnitService,
  ContentFilters,
  DefaultContentUnitService,
} from '../content-units';
import { AuthorizedCopyService, DefaultCopyService } from '../copy';
import {
  AuthorizedDistributionService,
  DefaultDistributionService,
} from '../distribution';
import { RemoteDownloader, type OpenRemote } from '../download';
import {
  AuthorizedInstallabilityService,
  DefaultInstallabilityService,
} from '../installability';
import { AuthorizedLabelService, DefaultLabelService } from '../labels';
import { AuthorizedOrphanService, DefaultOrphanService } from '../orphans';
import {
  AuthorizedModuleService,
  DefaultModuleService,
} from '../modulemd-map/modules';
import { OwnedResources } from '../permissions/OwnedResources';
import { OwnerResolver } from '../permissions/OwnerResolver';
import { PermissionAccessControl } from '../permissions/PermissionAccessControl';
import { registerPermissions } from '../permissions/registerPermissions';
import { AuthorizedPlanService, DefaultPlanService } from '../plan';
import {
  AuthorizedPublicationService,
  autopublish,
  DefaultPublicationService,
  Publisher,
} from '../publish';
import { AuthorizedRemoteService, DefaultRemoteService } from '../remote';
import {
  AuthorizedRepositoryService,
  AuthorizedVersionService,
  DefaultRepositoryService,
  DefaultVersionService,
  VersionHooks,
  VersionMaker,
} from '../repository';
import {
  AuthorizedVersionDiffService,
  DefaultVersionDiffService,
} from '../repository/diff';
import {
  AuthorizedPruneService,
  DefaultPruneService,
} from '../repository/prune';
import { ContentResolver, RemoteFiles } from '../serve';
import { DefaultSolverService, SolverImages, SolverProblems } from '../solving';
import { StatusService } from '../status/StatusService';
import { TaskQueue, TaskWorker } from '../tasks';
import { AuthorizedTaskQueue } from '../tasks/AuthorizedTaskQueue';
import { FileSystemArtifactStorage } from '../storage';
import { AuthorizedSyncService, DefaultSyncService } from '../sync';
import * as upload from '../upload';
import { ThreadPool } from '../workers';
import { createTaskHandlers } from './createTaskHandlers';
import type { RpmConfig } from './readRpmConfig';

/** Builds the services and ties them together; the only place that does. */
export function createRpmServices(options: {
  knex: Knex;
  config: RpmConfig;
  logger: LoggerService;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
}) {
  const { knex, config, logger, auditor, permissions, permissionsRegistry } =
    options;
  const owners = new OwnerResolver(options);
  const resources = new OwnedResources({ knex, owners });
  registerPermissions({ registry: permissionsRegistry, resources });
  const access = new PermissionAccessControl({
    permissions,
    registry: permissionsRegistry,
    resources,
  });
  const queue = new TaskQueue({ knex });
  const threads = new ThreadPool({ logger, threads: config.workerThreads });
  const solverImages = new SolverImages({
    knex,
    threads,
    logger,
    ...config.solver,
  });
  const solver = new DefaultSolverService({ threads, images: solverImages });
  const storage = new FileSystemArtifactStorage({
    knex,
    root: config.storagePath,
  });
  const openRemote: OpenRemote = (remote, { signal } = {}) =>
    new RemoteDownloader({
      remote,
      signal,
      logger,
      policy: config.remotePolicy,
    });
  const publisher = new Publisher({ knex, threads, storage });
  const hooks = new VersionHooks({ knex });
  hooks.add(autopublish({ knex, publisher }));
  const maker = new VersionMaker({
    knex,
    hooks,
    rules: config.versionRules,
  });
  const uploadFiles = new upload.UploadFiles({ knex, storage });
  const reader = new upload.DocumentReader({ knex, storage, threads });
  const modulesReader = new upload.ModulesFileReader({
    knex,
    storage,
    threads,
  });
  const rpmReader = new upload.RpmReader({ storage, threads });
  const creators: upload.UnitCreators = {
    'rpm.package': upload.packageCreator({ knex, reader: rpmReader }),
    ...upload.documentCreators({ knex, reader }),
  };
  const contentFilters = new ContentFilters({
    knex,
    protectionMinutes: config.orphanProtectionMinutes,
  });
  const handlers = createTaskHandlers({
    knex,
    config,
    auditor,
    threads,
    storage,
    openRemote,
    publisher,
    hooks,
    maker,
    solver,
    creators,
    modulesReader,
    uploadFiles,
  });
  const remotes = new DefaultRemoteService({
    knex,
    tasks: queue,
    policy: config.remotePolicy,
  });
  const distributions = new DefaultDistributionService({ knex, tasks: queue });
  const taker = new upload.DefaultArtifactTaker({
    knex,
    storage,
    openRemote,
    uploads: uploadFiles,
    policy: config.remotePolicy,
    maxSize: config.maxUploadSize,
  });
  const creations = new upload.DefaultContentCreation({
    knex,
    storage,
    tasks: queue,
    creators,
    checks: {
      'rpm.package': upload.packageCheck({ knex, reader: rpmReader }),
      ...upload.documentChecks({ knex, reader }),
    },
    taker,
  });
  return {
    queue,
    threads,
    solver,
    solverImages,
    storage,
    openRemote,
    content: new ContentResolver({ knex, contentOrigin: config.contentOrigin }),
    remoteFiles: new RemoteFiles({ knex, storage, openRemote, logger }),
    worker: new TaskWorker({
      knex,
      logger,
      queue,
      handlers,
      concurrency: config.taskConcurrency,
    }),
    labels: new AuthorizedLabelService({
      access,
      knex,
      inner: new DefaultLabelService({ knex }),
    }),
    status: new StatusService({
      knex,
      contentOrigin: config.contentOrigin,
      storagePath: config.storagePath,
    }),
    tasks: new AuthorizedTaskQueue({ queue, access }),
    remotes: new AuthorizedRemoteService({ inner: remotes, access }),
    repositories: new AuthorizedRepositoryService({
      knex,
      access,
      inner: new DefaultRepositoryService({ knex, tasks: queue, resources }),
    }),
    mayUploadAnywhere: (credentials: BackstageCredentials) =>
      upload.mayUploadAnywhere(access, credentials),
    units: new AuthorizedContentUnitService({
      inner: new DefaultContentUnitService({ knex, filters: contentFilters }),
      access,
    }),
    modules: new AuthorizedModuleService({
      access,
      inner: new DefaultModuleService({ knex }),
    }),
    creations: new upload.AuthorizedContentCreation({
      inner: creations,
      access,
    }),
    compsUploads: new upload.AuthorizedCompsUploadService({
      access,
      inner: new upload.DefaultCompsUploadService({
        knex,
        tasks: queue,
        taker,
      }),
    }),
    modulesUploads: new upload.AuthorizedModulesUploadService({
      access,
      inner: new upload.DefaultModulesUploadService({
        knex,
        storage,
        tasks: queue,
        taker,
        reader: modulesReader,
      }),
    }),
    artifacts: new upload.AuthorizedArtifactService({
      access,
      inner: new upload.DefaultArtifactService({
        knex,
        storage,
        filters: contentFilters,
      }),
    }),
    uploads: new upload.AuthorizedUploadService({
      access,
      inner: new upload.DefaultUploadService({
        knex,
        tasks: queue,
        files: uploadFiles,
        maxSize: config.maxUploadSize,
      }),
    }),
    uploadFiles,
    rollbacks: new AuthorizedRollbackService({
      access,
      inner: new DefaultRollbackService({ knex, tasks: queue }),
    }),
    installability: new AuthorizedInstallabilityService({
      access,
      inner: new DefaultInstallabilityService({ knex, solver }),
    }),
    versionDiffs: new AuthorizedVersionDiffService({
      access,
      inner: new DefaultVersionDiffService({ knex }),
    }),
    versions: new AuthorizedVersionService({
      access,
      inner: new DefaultVersionService({ knex, tasks: queue }),
    }),
    orphans: new AuthorizedOrphanService({
      access,
      inner: new DefaultOrphanService({
        knex,
        tasks: queue,
        protectionMinutes: config.orphanProtectionMinutes,
      }),
    }),
    prunes: new AuthorizedPruneService({
      access,
      inner: new DefaultPruneService({ knex, tasks: queue }),
    }),
    copies: new AuthorizedCopyService({
      knex,
      access,
      inner: new DefaultCopyService({ knex, tasks: queue }),
    }),
    plans: new AuthorizedPlanService({
      access,
      inner: new DefaultPlanService({
        knex,
        tasks: queue,
        problems: new SolverProblems({
          threads,
          images: solverImages,
          storage,
        }),
      }),
    }),
    syncs: new AuthorizedSyncService({
      access,
      knex,
      inner: new DefaultSyncService({ knex, tasks: queue }),
    }),
    publications: new AuthorizedPublicationService({
      access,
      knex,
      inner: new DefaultPublicationService({ knex, tasks: queue }),
    }),
    distributions: new AuthorizedDistributionService({
      inner: distributions,
      access,
      knex,
    }),
  };
}

/** All services, as the API and other modules get them. */
export type RpmServices = ReturnType<typeof createRpmServices>;

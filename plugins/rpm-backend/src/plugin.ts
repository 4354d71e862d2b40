import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { openDatabase } from './database/migrations';
import { queueBackfill } from './modulemd-map';
import { sweepPlans } from './plan';
import { sweepUploads } from './upload';
import { createRpmRouter } from './wiring/createRpmRouter';
import { createRpmServices } from './wiring/createRpmServices';
import { readRpmConfig } from './wiring/readRpmConfig';

/**
 * RPM repositories: versions, copy, modules, publications and checkpoints, in Pulp's REST format
 * under `/api/rpm/pulp/`.
 *
 * @public
 */
export const rpmPlugin = createBackendPlugin({
  pluginId: 'rpm',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const config = readRpmConfig(deps.config);
        const knex = await openDatabase(deps.database);
        const services = createRpmServices({ ...deps, knex, config });
        // The API authenticates by itself, so that its refusals have Pulp's form; content is public.
        deps.httpRouter.addAuthPolicy({
          path: '/pulp',
          allow: 'unauthenticated',
        });
        deps.httpRouter.use(createRpmRouter({ ...deps, services, config }));
        deps.lifecycle.addStartupHook(() =>
          queueBackfill({ ...services, knex }),
        );
        deps.lifecycle.addStartupHook(() => services.worker.start());
        deps.lifecycle.addStartupHook(() => services.storage.sweep());
        await deps.scheduler.scheduleTask({
          id: 'rpm-abandoned-uploads',
          scope: 'global',
          frequency: { days: 1 },
          timeout: { minutes: 10 },
          initialDelay: { minutes: 5 },
          fn: () => sweepUploads(knex, services.uploadFiles),
        });
        await deps.scheduler.scheduleTask({
          id: 'rpm-expired-plans',
          scope: 'global',
          frequency: { hours: 6 },
          timeout: { minutes: 10 },
          initialDelay: { minutes: 10 },
          fn: () => sweepPlans(knex),
        });
        await deps.scheduler.scheduleTask({
          id: 'rpm-modulemd-map-backfill',
          scope: 'global',
          frequency: { hours: 1 },
          timeout: { minutes: 1 },
          initialDelay: { minutes: 5 },
          fn: () => queueBackfill({ ...services, knex }),
        });
        deps.lifecycle.addShutdownHook(async () => {
          await services.worker.stop();
          services.solverImages.close();
          await services.threads.close();
          await services.remoteFiles.close();
          await services.storage.close();
        });
      },
    });
  },
});

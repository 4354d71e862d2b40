import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type express from 'express';
import Router from 'express-promise-router';
import { compsApi } from '../api/comps';
import { artifactApi } from '../api/artifacts';
import { contentApi } from '../api/content';
import { packageUploadApi } from '../api/content/packageUploads';
import { documentUploadApi } from '../api/content/documentUploads';
import { copyApi } from '../api/copy';
import { distributionApi } from '../api/distributions';
import { docsApi } from '../api/docs';
import { BodyReader, createApiRouter, PageLinks } from '../api/edge';
import { installabilityApi } from '../api/installability';
import { moduleApi } from '../api/modules';
import { orphanApi } from '../api/orphans';
import { planApi } from '../api/plans';
import { pruneApi } from '../api/prune';
import { publicationApi } from '../api/publications';
import { remoteApi } from '../api/remotes';
import { repositoryApi } from '../api/repositories';
import { rollbackApi } from '../api/rollbacks';
import { statusApi } from '../api/status';
import { syncApi } from '../api/sync';
import { taskGroupApi } from '../api/taskGroups';
import { taskApi } from '../api/tasks';
import { uploadApi } from '../api/uploads';
import { versionDiffApi } from '../api/versionDiffs';
import { versionApi } from '../api/versions';
import { createContentRouter } from '../serve';
import type { RpmServices } from './createRpmServices';
import type { RpmConfig } from './readRpmConfig';

/** Everything the plugin serves over HTTP. */
export function createRpmRouter(options: {
  services: RpmServices;
  config: RpmConfig;
  auth: AuthService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  logger: LoggerService;
}): express.Router {
  const { services, config, auth, httpAuth, auditor, logger } = options;
  const links = new PageLinks({ baseUrl: config.apiOrigin });
  const routes = [
    ...statusApi(services),
    ...taskApi({ ...services, links }),
    ...taskGroupApi({ ...services, links }),
    ...remoteApi({ ...services, links }),
    ...repositoryApi({ ...services, links }),
    ...rollbackApi(services),
    ...versionApi({ ...services, links }),
    ...syncApi(services),
    ...pruneApi(services),
    ...orphanApi(services),
    ...copyApi(services),
    ...planApi({ ...services, links }),
    ...versionDiffApi({ ...services, links }),
    ...installabilityApi({ ...services, links }),
    ...artifactApi({ ...services, links }),
    ...uploadApi({ ...services, links }),
    ...packageUploadApi(services),
    ...contentApi({ ...services, links }),
    ...moduleApi({ ...services, links }),
    ...documentUploadApi(services),
    ...compsApi(services),
    ...publicationApi({ ...services, links }),
    ...distributionApi({
      ...services,
      links,
      contentOrigin: config.contentOrigin,
    }),
  ];
  const router = Router();
  router.use(
    '/pulp/content',
    createContentRouter({ ...services, resolver: services.content, logger }),
  );
  router.use(
    '/pulp/api/v3',
    createApiRouter({
      routes: [...routes, docsApi(routes.map(({ route }) => route))],
      bodies: new BodyReader({
        storage: services.storage,
        maxFileSize: config.maxUploadSize,
      }),
      auth,
      httpAuth,
      auditor,
      logger,
      mayBringFiles: services.mayUploadAnywhere,
    }),
  );
  return router;
}

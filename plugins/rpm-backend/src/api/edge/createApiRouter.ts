import type {
  AuditorService,
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { routeTemplate } from '@rpmportal/backstage-plugin-rpm-common';
import type express from 'express';
import type { Request, Response } from 'express';
import Router from 'express-promise-router';
import { audited } from './audited';
import { authenticate } from './authenticate';
import type { BodyReader } from './body';
import { errorHandler } from './errors';
import type { ApiRequest, ImplementedRoute } from './implement';
import { trimFields } from './lists';
import { checkParams } from './params';
import { sendJson, sendReply } from './reply';
import { validateBody, validateQuery } from './validate';

/** Longer ones are echoed, and not kept. */
const LONGEST_CORRELATION_ID = 255;

/** Mounts implemented routes below `pulp/api/v3/`. */
export function createApiRouter(options: {
  routes: readonly ImplementedRoute[];
  bodies: BodyReader;
  auth: AuthService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  logger: LoggerService;
  mayBringFiles: MayBringFiles;
}): express.Router {
  const router = Router();
  router.use((req, res, next) => {
    const correlationId = req.header('correlation-id');
    if (correlationId) res.setHeader('Correlation-Id', correlationId);
    next();
  });

  const byPath = new Map<string, ImplementedRoute[]>();
  for (const implemented of options.routes) {
    const template = routeTemplate(implemented.route);
    byPath.set(template, [...(byPath.get(template) ?? []), implemented]);
  }
  for (const [template, routes] of byPath) {
    const path = `/${template.replace(/\{(\w+)\}/g, ':$1')}`;
    for (const implemented of routes) {
      router[implemented.route.method](path, (req, res) =>
        answer(implemented, req, res, options),
      );
    }
    router.all(path, (req, res) =>
      sendJson(res, 405, { detail: `Method "${req.method}" not allowed.` }),
    );
  }
  router.use(() => {
    throw new NotFoundError('Not found.');
  });
  router.use(errorHandler(options.logger));
  return router;
}

/** Whether a caller may upload anything anywhere; what exactly is decided once the body is read. */
type MayBringFiles = (credentials: BackstageCredentials) => Promise<boolean>;

interface EdgeServices {
  mayBringFiles: MayBringFiles;
  bodies: BodyReader;
  auth: AuthService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
}

async function answer(
  { route, handle }: ImplementedRoute,
  req: Request,
  res: Response,
  services: EdgeServices,
): Promise<void> {
  const credentials = route.anonymous
    ? await services.auth.getNoneCredentials()
    : await authenticate(req, services);
  // Not before it is known who calls: bodies can be large, and files fill the disk.
  if (
    route.bodyTypes?.includes('multipart/form-data') &&
    req.is('multipart/form-data') &&
    !(await services.mayBringFiles(credentials))
  ) {
    throw new NotAllowedError();
  }
  const body = await services.bodies.read(route, req);
  try {
    checkParams(req.params);
    const query: any = validateQuery(route, req.query);
    const request: ApiRequest = {
      params: req.params,
      query,
      body: validateBody(route, body.value),
      files: body.files,
      credentials,
      correlationId: correlationIdOf(req),
      raw: req,
    };
    const reply = await audited(route, request, services.auditor, () =>
      handle(request),
    );
    await sendReply(
      res,
      reply,
      item => trimFields(item, query),
      route.responseType,
    );
  } finally {
    await body[Symbol.asyncDispose]();
  }
}

function correlationIdOf(req: Request): string | undefined {
  const id = req.header('correlation-id');
  return id && id.length <= LONGEST_CORRELATION_ID ? id : undefined;
}

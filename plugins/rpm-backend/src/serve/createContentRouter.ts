import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import type express from 'express';
import Router from 'express-promise-router';
import type { ArtifactStorage } from '../storage';
import type { ContentResolver } from './ContentResolver';
import { NoSourceError, type RemoteFiles } from './RemoteFiles';
import { parseRequestPath, type RequestPath } from './requestPath';
import {
  sendListing,
  sendProblem,
  sendRedirect,
  sendRemote,
  sendRemoteHeaders,
  sendRepoConfig,
  sendStored,
} from './sendContent';
import type { Content, RemoteContent } from './types';

interface ContentServices {
  resolver: ContentResolver;
  remoteFiles: RemoteFiles;
  storage: ArtifactStorage;
  logger: LoggerService;
}

/** Serves published content to anybody: `dnf` has no account. To be mounted at the content root. */
export function createContentRouter(options: ContentServices): express.Router {
  const router = Router();
  router.use(async (req, res) => {
    try {
      await answer(req, res, options);
    } catch (error) {
      fail(req, res, error, options.logger);
    }
  });
  return router;
}

async function answer(
  req: Request,
  res: Response,
  services: ContentServices,
): Promise<void> {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.setHeader('Allow', 'GET, HEAD');
    sendProblem(req, res, 405, 'Content is only read here.');
    return;
  }
  // The router's own path would not tell the content root with its slash from that without.
  const [raw] = req.originalUrl.slice(req.baseUrl.length).split('?');
  const path = parseRequestPath(raw);
  if (!path) {
    sendProblem(req, res, 404, 'There is nothing at this path.');
    return;
  }
  const content = await services.resolver.resolve(path);
  await sendContent(req, res, path, content, services);
}

async function sendContent(
  req: Request,
  res: Response,
  path: RequestPath,
  content: Content,
  services: ContentServices,
): Promise<void> {
  switch (content.kind) {
    case 'folder':
      return sendListing(req, res, path, content.entries);
    case 'text':
      return sendRepoConfig(req, res, content.text);
    case 'redirect':
      return sendRedirect(req, res, content.to, content.isPermanent);
    case 'missing':
      return sendProblem(req, res, 404, content.reason);
    case 'stored':
      return sendStored(req, res, content, services.storage);
    default:
      return fetchContent(req, res, path, content, services);
  }
}

/** Sends a file that has to be fetched first; a range of it only once all of it is there. */
async function fetchContent(
  req: Request,
  res: Response,
  path: RequestPath,
  content: RemoteContent,
  services: ContentServices,
): Promise<void> {
  if (req.method === 'HEAD') {
    sendRemoteHeaders(res, content);
    res.end();
    return;
  }
  const { resolver, remoteFiles, storage } = services;
  if (req.headers.range && (await remoteFiles.store(content))) {
    const stored = await resolver.resolve(path);
    if (stored.kind !== 'stored') {
      throw new NoSourceError(`${content.name} could not be fetched.`);
    }
    await sendStored(req, res, stored, storage);
    return;
  }
  await sendRemote(res, content, await remoteFiles.read(content));
}

/** Clients learn nothing of what is behind; who runs the portal finds it in the log. */
function fail(
  req: Request,
  res: Response,
  error: unknown,
  logger: LoggerService,
): void {
  if (res.headersSent || res.destroyed) {
    // Cut off, so that nobody takes for a file what is a part of it.
    res.destroy();
    return;
  }
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  if (error instanceof NoSourceError) {
    sendProblem(req, res, 502, 'The file cannot be fetched at the moment.');
    return;
  }
  logger.error(`Cannot serve ${req.originalUrl}`, error as Error);
  sendProblem(req, res, 500, 'The server failed.');
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';
import { isDatabaseAway } from '../../database/isDatabaseAway';
import { InvalidOrderingError } from '../../database/pages';
import { StorageFullError } from '../../storage';
import { InvalidInputError } from '../../validation';
import { sendJson } from './reply';

interface ErrorReply {
  status: number;
  body: unknown;
}

const DENIED = 'You do not have permission to perform this action.';
const AWAY = 'The database cannot be reached at the moment.';
const UNAUTHENTICATED = 'Authentication credentials were not provided.';
const WRONG_CREDENTIALS = 'Invalid username/password.';

/** Pulp's status and body for an error; undefined for one that is nobody's input. */
export function toErrorReply(error: unknown): ErrorReply | undefined {
  if (error instanceof InvalidInputError) {
    return { status: 400, body: error.body };
  }
  if (error instanceof InvalidOrderingError) {
    return { status: 400, body: { ordering: [error.message] } };
  }
  if (error instanceof StorageFullError) {
    return { status: 503, body: { detail: error.message } };
  }
  if (!isError(error)) return undefined;
  if (isDatabaseAway(error)) return { status: 503, body: { detail: AWAY } };
  switch (error.name) {
    case 'InputError':
      return { status: 400, body: [error.message] };
    case 'AuthenticationError':
      return { status: 401, body: { detail: UNAUTHENTICATED } };
    case 'NotAllowedError':
      return { status: 403, body: { detail: error.message || DENIED } };
    case 'NotFoundError':
      return { status: 404, body: { detail: error.message } };
    case 'ConflictError':
      return { status: 409, body: { detail: error.message } };
    case 'ServiceUnavailableError':
      return { status: 503, body: { detail: error.message } };
    default:
      return expressReply(error);
  }
}

/** What express and its body parsers throw at a request that they cannot read has a client status. */
function expressReply(error: Error): ErrorReply | undefined {
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (typeof status !== 'number' || status >= 500) return undefined;
  // Escapes in the path that stand for no text name nothing.
  if (error instanceof URIError) {
    return { status: 404, body: { detail: 'Not found.' } };
  }
  if (typeof type !== 'string') return undefined;
  if (type === 'entity.parse.failed') {
    return {
      status: 400,
      body: { detail: `JSON parse error - ${error.message}` },
    };
  }
  return { status, body: { detail: error.message } };
}

/** The end of the API's error path; nothing of it reaches Backstage's own error body. */
export function errorHandler(logger: LoggerService): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const reply = toErrorReply(error);
    if (!reply) logger.error('Request failed', error);
    if (reply?.status === 401) {
      if (req.headers.authorization) reply.body = { detail: WRONG_CREDENTIALS };
      res.setHeader('WWW-Authenticate', 'Basic realm="api"');
    }
    sendJson(
      res,
      reply?.status ?? 500,
      reply?.body ?? { detail: 'Internal server error.' },
    );
  };
}

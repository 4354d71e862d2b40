import type { AnyRoute } from '@rpmportal/backstage-plugin-rpm-common';
import express, { type Request, type RequestHandler } from 'express';
import type { ArtifactStorage } from '../../../storage/types';
import { UnsupportedMediaTypeError } from './bodyErrors';
import { checkParsable } from './checkParsable';
import { coerceForm, isFileField } from './coerceForm';
import { receiveMultipart, type ReceivedFile } from './receiveMultipart';

/** Large enough to name 100,000 units by href. */
const BODY_LIMIT = '32mb';

const parseJson = express.json({
  limit: BODY_LIMIT,
  strict: false,
  verify: (_req, _res, bytes) => checkParsable(bytes),
});
const parseUrlEncoded = express.urlencoded({
  limit: BODY_LIMIT,
  extended: false,
});

/** A body that has been read and not been validated. Disposing it removes its files. */
export interface ReceivedBody extends AsyncDisposable {
  /** As JSON would say it; files stand in it by their names. */
  value: unknown;
  files: ReadonlyMap<string, ReceivedFile>;
}

/** Reads bodies: JSON, and forms that say the same. */
export class BodyReader {
  readonly #storage: Pick<ArtifactStorage, 'workFolder'>;
  readonly #fileSize: number;

  /** @param options - `maxFileSize` in bytes */
  constructor(options: {
    storage: Pick<ArtifactStorage, 'workFolder'>;
    maxFileSize: number;
  }) {
    this.#storage = options.storage;
    this.#fileSize = options.maxFileSize;
  }

  /** @throws InvalidInputError, and errors with a client's status as express' body parsers do */
  async read(route: AnyRoute, request: Request): Promise<ReceivedBody> {
    if (!route.body || !hasBytes(request)) return withoutFiles(undefined);
    if (request.is('multipart/form-data')) {
      return this.#readMultipart(route, request);
    }
    if (request.is('application/x-www-form-urlencoded')) {
      await parse(parseUrlEncoded, request);
      const fields = new Map(
        Object.entries<string | string[]>(request.body).map(([name, value]) => [
          name,
          Array.isArray(value) ? value : [value],
        ]),
      );
      return withoutFiles(coerceForm(route.body, fields));
    }
    if (!request.is('application/json')) {
      throw new UnsupportedMediaTypeError(request.header('content-type') ?? '');
    }
    await parse(parseJson, request);
    return withoutFiles(request.body);
  }

  async #readMultipart(
    route: AnyRoute,
    request: Request,
  ): Promise<ReceivedBody> {
    const takesFiles = route.bodyTypes?.includes('multipart/form-data');
    const folder = await this.#storage.workFolder();
    try {
      const { fields, files } = await receiveMultipart(request, folder.path, {
        fileSize: this.#fileSize,
        isFileField: name =>
          Boolean(takesFiles) && isFileField(route.body, name),
      });
      return {
        value: {
          ...coerceForm(route.body, fields),
          ...Object.fromEntries(files),
        },
        files,
        [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
      };
    } catch (error) {
      await folder[Symbol.asyncDispose]();
      throw error;
    }
  }
}

function hasBytes({ headers }: Request): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    Number(headers['content-length']) > 0
  );
}

function withoutFiles(value: unknown): ReceivedBody {
  return { value, files: new Map(), [Symbol.asyncDispose]: async () => {} };
}

function parse(parser: RequestHandler, request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    parser(request, request.res!, error => (error ? reject(error) : resolve()));
  });
}

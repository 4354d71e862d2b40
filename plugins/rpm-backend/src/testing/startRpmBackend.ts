import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import request from 'supertest';
import { API_ROOT } from '../identifiers';
import { rpmPlugin } from '../plugin';

/** A task that a test waits for must end within this time. */
const TASK_SECONDS = 60;

/** The plugin in a backend of its own, as tests use it: through HTTP. */
export interface RpmTestBackend {
  backend: TestBackend;
  /** `GET <path>`; paths are hrefs or relative to the API root. */
  get(path: string, token?: string): request.Test;
  post(path: string, body?: object, token?: string): request.Test;
  /** A `POST` whose fields and files are to be added, so that it is sent as a form. */
  form(path: string, token?: string): request.Test;
  /** As `form`, a `PUT`. */
  putForm(path: string, token?: string): request.Test;
  patch(path: string, body?: object, token?: string): request.Test;
  put(path: string, body?: object, token?: string): request.Test;
  delete(path: string, token?: string): request.Test;
  /** Waits for the task of a 202 reply and returns it. */
  finished(reply: request.Response): Promise<any>;
  /** As `finished`, and fails unless the task is completed. */
  completed(reply: request.Response): Promise<any>;
  stop(): Promise<void>;
}

/** Starts the plugin on a database; configuration is laid over sensible test defaults. */
export async function startRpmBackend(options: {
  knex: Knex;
  /** Settings below `rpm`. */
  config?: object;
  /** Settings beside `rpm` and `backend`. */
  rootConfig?: object;
  features?: Parameters<typeof startTestBackend>[0]['features'];
}): Promise<RpmTestBackend> {
  const storage = await mkdtemp(join(tmpdir(), 'rpm-storage-'));
  const backend = await startTestBackend({
    features: [
      rpmPlugin,
      mockServices.database.factory({ knex: options.knex }),
      mockServices.rootConfig.factory({
        data: {
          ...options.rootConfig,
          backend: { baseUrl: 'http://localhost:7007' },
          rpm: { storage: { path: storage }, ...options.config },
        },
      }),
      mockServices.rootLogger.factory({ level: 'error' }),
      ...(options.features ?? []),
    ],
  });
  const send = (
    method: 'get' | 'post' | 'patch' | 'put' | 'delete',
    path: string,
    token = mockCredentials.user.header(),
  ) =>
    request(backend.server)
      [method](path.startsWith('/') ? path : `${API_ROOT}${path}`)
      .set('Authorization', token);
  const started: RpmTestBackend = {
    backend,
    get: (path, token) => send('get', path, token),
    post: (path, body = {}, token) => send('post', path, token).send(body),
    form: (path, token) => send('post', path, token),
    putForm: (path, token) => send('put', path, token),
    patch: (path, body = {}, token) => send('patch', path, token).send(body),
    put: (path, body = {}, token) => send('put', path, token).send(body),
    delete: (path, token) => send('delete', path, token),
    async finished(reply) {
      if (!reply.body.task) {
        throw new Error(`Not a task: ${reply.status} ${reply.text}`);
      }
      const end = Date.now() + TASK_SECONDS * 1000;
      for (;;) {
        const { body } = await started.get(reply.body.task);
        if (body.finished_at) return body;
        if (Date.now() > end) {
          throw new Error(`Task ${body.name} is still ${body.state}`);
        }
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    },
    async completed(reply) {
      const task = await started.finished(reply);
      if (task.state !== 'completed') {
        throw new Error(
          `Task ${task.name} ${task.state}: ${JSON.stringify(task.error)}`,
        );
      }
      return task;
    },
    async stop() {
      await backend.stop();
      await rm(storage, { recursive: true, force: true });
    },
  };
  return started;
}

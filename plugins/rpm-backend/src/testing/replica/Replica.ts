import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { fork, type ChildProcess } from 'child_process';
import { once } from 'events';
import { createServer } from 'net';
import type { AddressInfo } from 'net';
import { API_ROOT } from '../../identifiers';

const ENTRY = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  'src/testing/replica/replicaEntry.ts',
);
const TOKEN = 'token-of-tests-and-benchmarks';
const PATIENCE_SECONDS = 120;

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** What a process has used since it was asked last. */
export interface ReplicaUsage {
  /** The most memory that it had at once, in bytes, threads included. */
  peakMemory: number;
  /**
   * The longest work of its main thread without a look at what else there is to do, in milliseconds
   * of processor time.
   */
  longestPause: number;
  /** The longest time by the clock that a timer came late, in milliseconds. */
  longestDelay: number;
}

/** What a replica works on; several may share it. */
export interface ReplicaOptions {
  /** `backend.database` of the configuration. */
  database: object;
  /** Settings below `rpm`. */
  rpm: { storage: { path: string } } & Record<string, unknown>;
  /** Folder that a profile of the main thread's processor time is written to when the replica stops. */
  profiles?: string;
}

/**
 * The plugin in a backend process of its own, which can be killed and measured. Runs the sources as
 * the Backstage CLI does for development.
 */
export class Replica {
  readonly #child: ChildProcess;
  readonly #origin: string;
  readonly #exited: Promise<unknown>;
  #log = '';

  private constructor(child: ChildProcess, origin: string) {
    this.#child = child;
    this.#origin = origin;
    this.#exited = once(child, 'exit');
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', text => {
        this.#log = (this.#log + text).slice(-20_000);
      });
    }
  }

  static async start(options: ReplicaOptions): Promise<Replica> {
    const port = await findFreePort();
    const origin = `http://127.0.0.1:${port}`;
    const config = {
      backend: {
        baseUrl: origin,
        listen: { host: '127.0.0.1', port },
        database: options.database,
        auth: {
          externalAccess: [
            { type: 'static', options: { token: TOKEN, subject: 'tester' } },
          ],
        },
      },
      rpm: options.rpm,
    };
    const transform = require.resolve(
      '@backstage/cli/config/nodeTransform.cjs',
    );
    const child = fork(ENTRY, {
      execArgv: [
        '--expose-gc',
        '--require',
        transform,
        ...(options.profiles
          ? ['--cpu-prof', `--cpu-prof-dir=${options.profiles}`]
          : []),
      ],
      env: {
        ...process.env,
        NODE_ENV: 'development',
        LOG_LEVEL: 'warn',
        REPLICA_CONFIG: JSON.stringify(config),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const replica = new Replica(child, origin);
    await replica.#ready();
    return replica;
  }

  /** Sends a request; paths are hrefs or relative to the API root. */
  async call(method: string, path: string, body?: object): Promise<any> {
    const target = path.startsWith('/') ? path : `${API_ROOT}${path}`;
    const response = await fetch(`${this.#origin}${target}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  }

  /** Waits for the end of a task. */
  async finished(task: string): Promise<any> {
    return this.until(task, ({ finished_at: finishedAt }) => finishedAt);
  }

  /** Waits until a task is as wanted. */
  async until(task: string, wanted: (task: any) => unknown): Promise<any> {
    const end = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const body = await this.call('GET', task);
      if (wanted(body)) return body;
      if (Date.now() > end) throw new Error(`${body.name} is ${body.state}`);
      await sleep(50);
    }
  }

  /** What the process has used since the last call; garbage is then collected. */
  async usage(): Promise<ReplicaUsage> {
    return new Promise(resolve => {
      const listen = (message: { type?: string; usage?: ReplicaUsage }) => {
        if (message.type !== 'usage') return;
        this.#child.off('message', listen);
        resolve(message.usage!);
      };
      this.#child.on('message', listen);
      this.#child.send({ type: 'usage' });
    });
  }

  /** Ends the process in the hardest way. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#exited;
  }

  async #ready(): Promise<void> {
    const end = Date.now() + PATIENCE_SECONDS * 1000;
    while (Date.now() < end && this.#child.exitCode === null) {
      const ready = await fetch(
        `${this.#origin}/.backstage/health/v1/readiness`,
      ).then(
        response => response.ok,
        () => false,
      );
      if (ready) return;
      await sleep(100);
    }
    await this.kill();
    throw new Error(`The replica did not start.\n${this.#log}`);
  }
}

import { createHash } from 'crypto';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { join } from 'path';
import { CONTENT_ROOT } from '../../identifiers';
import { startRpmBackend, type RpmTestBackend } from '../../testing';
import { RepositoryServer } from './RepositoryServer';

const EXAMPLES = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  '../../examples',
);

/** The example repositories, by the names under which they are served. */
export const EXAMPLE_FOLDERS = {
  zoo: join(EXAMPLES, 'fixtures/zoo'),
  'repo-1': join(EXAMPLES, 'rpms/repo-1'),
  'repo-2': join(EXAMPLES, 'rpms/repo-2'),
};

/** The plugin and a web server with repositories to sync from. */
export class SyncTester {
  readonly rpm: RpmTestBackend;
  readonly server: RepositoryServer;
  #count = 0;

  private constructor(rpm: RpmTestBackend, server: RepositoryServer) {
    this.rpm = rpm;
    this.server = server;
  }

  static async start(knex: Knex): Promise<SyncTester> {
    const server = await RepositoryServer.start();
    for (const [name, folder] of Object.entries(EXAMPLE_FOLDERS)) {
      server.serve(name, folder);
    }
    const rpm = await startRpmBackend({
      knex,
      config: { allowedImportPaths: [EXAMPLES] },
    });
    return new SyncTester(rpm, server);
  }

  async stop(): Promise<void> {
    await this.rpm.stop();
    await this.server.stop();
  }

  /** @returns the new remote's href */
  async createRemote(url: string, settings: object = {}): Promise<string> {
    const { body, status, text } = await this.rpm.post('remotes/rpm/rpm/', {
      name: this.#name('remote'),
      url,
      policy: 'on_demand',
      // Attempts that fail would only be made again more slowly.
      max_retries: 0,
      ...settings,
    });
    if (status !== 201) throw new Error(text);
    return body.pulp_href;
  }

  /** @returns the new repository's href */
  async createRepository(settings: object = {}): Promise<string> {
    const { body, status, text } = await this.rpm.post(
      'repositories/rpm/rpm/',
      { name: this.#name('repository'), ...settings },
    );
    if (status !== 201) throw new Error(text);
    return body.pulp_href;
  }

  /** Syncs and waits; the task may have any end. */
  async sync(repository: string, body: object): Promise<any> {
    return this.rpm.finished(await this.rpm.post(`${repository}sync/`, body));
  }

  /** Syncs, waits and returns the result; fails unless the task is completed. */
  async synced(repository: string, body: object): Promise<any> {
    const reply = await this.rpm.post(`${repository}sync/`, body);
    return (await this.rpm.completed(reply)).result;
  }

  /** The latest version's number. */
  async latest(repository: string): Promise<number> {
    const { body } = await this.rpm.get(repository);
    return Number(/(\d+)\/$/.exec(body.latest_version_href)![1]);
  }

  /** What the latest version holds, by type. */
  async present(repository: string): Promise<Record<string, number>> {
    const { body } = await this.rpm.get(repository);
    const version = await this.rpm.get(body.latest_version_href);
    return countsOf(version.body.content_summary.present);
  }

  /** The file names of the latest version's packages, newest unit first. */
  async packages(repository: string): Promise<string[]> {
    const { body } = await this.rpm.get(
      `content/rpm/packages/?repository_version=${repository}&fields=location_href&limit=1000`,
    );
    return body.results.map(
      (unit: { location_href: string }) => unit.location_href,
    );
  }

  /** @returns the new distribution's root, an absolute path */
  async distribute(settings: object): Promise<string> {
    const basePath = this.#name('served');
    await this.rpm.completed(
      await this.rpm.post('distributions/rpm/rpm/', {
        name: basePath,
        base_path: basePath,
        ...settings,
      }),
    );
    return `${CONTENT_ROOT}${basePath}/`;
  }

  /** @returns the new publication's href */
  async publish(repository: string): Promise<string> {
    const { created_resources: created } = await this.rpm.completed(
      await this.rpm.post('publications/rpm/rpm/', { repository }),
    );
    return created[0];
  }

  sha256(content: string): string {
    return createHash('sha256').update(content, 'latin1').digest('hex');
  }

  /** The bytes that are served at a path, as text; undefined when there are none. */
  async served(path: string): Promise<string | undefined> {
    const { status, body } = await this.rpm
      .get(path)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Uint8Array[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
        response.on('error', error => done(error, undefined));
      });
    return status === 200 ? body.toString('latin1') : undefined;
  }

  #name(kind: string): string {
    this.#count += 1;
    return `${kind}-${this.#count}`;
  }
}

/** The numbers of a content summary. */
export function countsOf(
  summary: Record<string, { count: number }>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(summary).map(([type, { count }]) => [type, count]),
  );
}

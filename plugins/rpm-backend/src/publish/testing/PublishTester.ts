import type { Knex } from 'knex';
import { mkdtemp, rm } from 'fs/promises';
import { connect } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import request from 'supertest';
import { pathToFileURL } from 'url';
import { attachArtifacts } from '../../database/operations/content-units';
import { CONTENT_ROOT } from '../../identifiers';
import { FileSystemArtifactStorage } from '../../storage';
import { EXAMPLE_FOLDERS } from '../../sync/testing/SyncTester';
import { startRpmBackend, type RpmTestBackend } from '../../testing';
import { RepositoryDriver } from '../../testing/RepositoryDriver';
import { saveTestPackages } from '../../testing/units';

/** The plugin with repositories to publish, and clients of what it serves. */
export class PublishTester {
  readonly knex: Knex;
  readonly rpm: RpmTestBackend;
  readonly repositories: RepositoryDriver;
  /** The storage that the plugin uses. */
  readonly storage: FileSystemArtifactStorage;
  readonly #root: string;
  #count = 0;

  private constructor(knex: Knex, rpm: RpmTestBackend, root: string) {
    this.knex = knex;
    this.rpm = rpm;
    this.#root = root;
    this.repositories = new RepositoryDriver({ knex, rpm });
    this.storage = new FileSystemArtifactStorage({ root, knex });
  }

  /** @param config - settings below `rpm` */
  static async start(knex: Knex, config: object = {}): Promise<PublishTester> {
    const root = await mkdtemp(join(tmpdir(), 'rpm-storage-'));
    const rpm = await startRpmBackend({
      knex,
      config: {
        storage: { path: root },
        allowedImportPaths: Object.values(EXAMPLE_FOLDERS),
        ...config,
      },
    });
    return new PublishTester(knex, rpm, root);
  }

  async stop(): Promise<void> {
    await this.rpm.stop();
    await rm(this.#root, { recursive: true, force: true });
  }

  /** A repository that holds packages of these names; its href. */
  async repositoryOf(
    packages: Parameters<typeof saveTestPackages>[1],
    settings: object = {},
  ): Promise<string> {
    const repository = await this.repositories.create(settings);
    await this.add(repository, packages);
    return repository;
  }

  /** Makes a version with further packages. */
  async add(
    repository: string,
    packages: Parameters<typeof saveTestPackages>[1],
  ): Promise<void> {
    const units = await saveTestPackages(this.knex, packages);
    this.repositories.know(units);
    await this.repositories.change(repository, {
      add: Object.values(units).join(' '),
    });
  }

  /** Adds what one of the example folders holds; files are fetched when asked for. */
  async syncExample(
    repository: string,
    example: keyof typeof EXAMPLE_FOLDERS,
  ): Promise<void> {
    this.#count += 1;
    const { body } = await this.rpm.post('remotes/rpm/rpm/', {
      name: `remote ${this.#count}`,
      url: pathToFileURL(EXAMPLE_FOLDERS[example]).href,
      policy: 'on_demand',
    });
    const reply = await this.rpm.post(`${repository}sync/`, {
      remote: body.pulp_href,
    });
    await this.rpm.completed(reply);
  }

  /** A repository like one of the example folders; its href. */
  async exampleOf(
    example: keyof typeof EXAMPLE_FOLDERS,
    settings: object = {},
  ): Promise<string> {
    const repository = await this.repositories.create(settings);
    await this.syncExample(repository, example);
    return repository;
  }

  /** Makes bytes the stored file of units. */
  async storeFile(unitIds: number[], bytes: Uint8Array): Promise<void> {
    const source = (async function* read() {
      yield bytes;
    })();
    const artifact = await this.storage.store(source, { name: 'a test' });
    await attachArtifacts(
      this.knex,
      unitIds.map(unitId => ({ unit_id: unitId, artifact_id: artifact.id })),
    );
  }

  /** Makes bytes the stored file of all packages of a name. */
  async storeFileOf(name: string, bytes: Uint8Array): Promise<void> {
    const rows = await this.knex('rpm_package').where({ name });
    await this.storeFile(
      rows.map(row => row.unit_id),
      bytes,
    );
  }

  /** @returns the publication */
  async publish(repository: string, options: object = {}): Promise<any> {
    const reply = await this.rpm.post('publications/rpm/rpm/', {
      repository,
      ...options,
    });
    const { created_resources: created } = await this.rpm.completed(reply);
    return (await this.rpm.get(created[0])).body;
  }

  /** @returns the base path of a new distribution */
  async distribute(settings: object): Promise<string> {
    this.#count += 1;
    const basePath = `test/${this.#count}`;
    const reply = await this.rpm.post('distributions/rpm/rpm/', {
      name: `distribution ${this.#count}`,
      base_path: basePath,
      ...settings,
    });
    await this.rpm.completed(reply);
    return basePath;
  }

  /** A request as dnf makes it, without credentials; redirects are not followed. */
  fetch(
    path: string,
    method: 'get' | 'head' | 'post' | 'put' | 'delete' | 'options' = 'get',
  ): request.Test {
    return request(this.rpm.backend.server)
      [method](`${CONTENT_ROOT}${path}`)
      .redirects(0)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
        response.on('error', error => done(error, undefined));
      });
  }

  /** The status for a path from the server's root, which no client library tidies up or encodes. */
  async rawStatus(path: string): Promise<number> {
    const { port } = this.rpm.backend.server.address() as { port: number };
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, 'localhost', () =>
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
        ),
      );
      let text = '';
      socket.on('data', data => {
        text += data;
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  }

  /** The text at a path; fails unless it is there. */
  async text(path: string): Promise<string> {
    const reply = await this.fetch(path);
    if (reply.status !== 200) {
      throw new Error(`${reply.status} for ${path}: ${reply.body}`);
    }
    return reply.body.toString();
  }

  /** The names that a folder's listing links to, without the parent. */
  async list(path: string): Promise<string[]> {
    const page = await this.text(path);
    return [...page.matchAll(/<a href="\.\/([^"]*)">/g)].map(
      ([, name]) => name,
    );
  }
}

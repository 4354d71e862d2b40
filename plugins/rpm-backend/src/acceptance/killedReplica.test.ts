import type { TestDatabaseId } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { mkdtemp, readFile, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  composePrimary,
  composeRepository,
  type ComposedPackage,
} from '../sync/testing/composeRepository';
import { RepositoryServer } from '../sync/testing/RepositoryServer';
import { EXAMPLE_FOLDERS } from '../sync/testing/SyncTester';
import { createTestDatabases } from '../testing';
import {
  createReplicaDatabase,
  type ReplicaDatabase,
} from '../testing/replica/createReplicaDatabase';
import { Replica, type ReplicaOptions } from '../testing/replica/Replica';

// Two backends are started from sources, and the second must notice that the first is gone.
jest.setTimeout(240_000);

const databases = createTestDatabases();
const PATIENCE_SECONDS = 120;
const UPLOADED = 'campaign-spring-2026-1.noarch.rpm';

/** A change that the first replica is killed in, and what it comes to when it is made again. */
interface Change {
  path: string;
  body: object;
  /** The repository that it changes, if it does. */
  repository?: string;
  /** Packages of that repository before and after. */
  before: string[];
  after: string[];
}

// Only where a test can hold a lock without stopping the replica itself.
const postgres = databases
  .eachSupportedId()
  .filter(([databaseId]) => databaseId !== 'SQLITE_3');
const describeEach = postgres.length
  ? describe.each(postgres)
  : describe.skip.each<[TestDatabaseId]>([['POSTGRES_18']]);

describeEach('a replica that is killed on %p', databaseId => {
  let server: RepositoryServer;
  let folder: string;
  let database: ReplicaDatabase;
  let knex: Knex;
  let options: ReplicaOptions;
  let replica: Replica;

  beforeAll(async () => {
    server = await RepositoryServer.start();
    server.answer(
      '/file.rpm',
      await readFile(join(EXAMPLE_FOLDERS['repo-1'], UPLOADED)),
    );
    folder = await mkdtemp(join(tmpdir(), 'rpm-killed-'));
    database = createReplicaDatabase(databaseId, folder);
    options = {
      database: database.settings,
      rpm: { storage: { path: join(folder, 'storage') } },
    };
    replica = await Replica.start(options);
    knex = database.connect();
  });
  afterAll(async () => {
    await replica.kill();
    await knex.destroy();
    await database.drop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** @returns the href of a repository that holds these packages */
  async function fill(
    name: string,
    packages: readonly ComposedPackage[],
  ): Promise<string> {
    const url = server.compose(
      name,
      composeRepository([
        { type: 'primary', content: composePrimary(packages) },
      ]),
    );
    const { pulp_href: remote } = await replica.call(
      'POST',
      'remotes/rpm/rpm/',
      { name, url, policy: 'on_demand' },
    );
    const { pulp_href: repository } = await replica.call(
      'POST',
      'repositories/rpm/rpm/',
      { name, remote },
    );
    const { task } = await replica.call('POST', `${repository}sync/`, {});
    await replica.finished(task);
    return repository;
  }

  async function packagesOf(repository: string): Promise<string[]> {
    const { results } = await replica.call(
      'GET',
      `content/rpm/packages/?repository_version=${repository}&ordering=location_href`,
    );
    return results.map((unit: any) => unit.location_href);
  }

  async function versionsOf(repository: string): Promise<number[]> {
    const { results } = await replica.call('GET', `${repository}versions/`);
    return results.map((version: any) => version.number);
  }

  /** The tasks that a change was answered with, when they are over. */
  async function endsOf({ task, task_group: group }: any): Promise<any[]> {
    if (task) return [await replica.finished(task)];
    const { tasks } = await replica.until(
      group,
      ({ waiting, running, canceling }) => !waiting && !running && !canceling,
    );
    return Promise.all(
      tasks.map((each: any) => replica.call('GET', each.pulp_href)),
    );
  }

  /** Until so many of the replica's statements wait for a lock. */
  async function areBlocked(count: number): Promise<void> {
    const end = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const { rows } = await knex.raw(
        `select query from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rows.length >= count) return;
      if (Date.now() > end) {
        const tasks = await replica.call('GET', 'tasks/?minimal=true&limit=5');
        throw new Error(JSON.stringify([rows, tasks.results], null, 1));
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  it('in the middle of changes leaves nothing of them; another replica ends them and can make them', async () => {
    const pair = (name: string) => [
      { name, version: '1.0' },
      { name, version: '2.0' },
    ];
    const files = (name: string, ...versions: string[]) =>
      versions.map(version => `${name}-${version}-1.noarch.rpm`);
    const modified = await fill('modified', pair('modified'));
    const pruned = await fill('pruned', pair('pruned'));
    const uploaded = await fill('uploaded', pair('uploaded'));
    const deleted = await fill('deleted', [{ name: 'orphan' }]);
    const { task: deletion } = await replica.call('DELETE', deleted);
    await replica.finished(deletion);
    const { id: orphan } = await knex('rpm_package')
      .where({ name: 'orphan' })
      .first('unit_id as id');
    const changes: Change[] = [
      // Spares what came or went since the oldest unfinished task began; so it is the first.
      {
        path: 'orphans/cleanup/',
        body: { orphan_protection_time: 0 },
        before: [],
        after: [],
      },
      {
        path: `${modified}modify/`,
        body: { remove_content_units: ['*'] },
        repository: modified,
        before: files('modified', '1.0', '2.0'),
        after: [],
      },
      {
        path: 'rpm/prune/',
        body: { repo_hrefs: [pruned], keep_days: 0 },
        repository: pruned,
        before: files('pruned', '1.0', '2.0'),
        after: files('pruned', '2.0'),
      },
      {
        path: 'content/rpm/packages/',
        body: {
          file_url: `${server.urlOf('file.rpm').slice(0, -1)}`,
          repository: uploaded,
        },
        repository: uploaded,
        before: files('uploaded', '1.0', '2.0'),
        after: [UPLOADED, ...files('uploaded', '1.0', '2.0')],
      },
    ];

    const holder = await knex.transaction();
    // Deleting a unit asks for it, too: what holds the unit would go with it.
    await holder.raw('lock table repository_content in exclusive mode');
    const replies: unknown[] = [];
    for (const { path, body } of changes) {
      replies.push(await replica.call('POST', path, body));
    }
    try {
      await areBlocked(changes.length);
      await replica.kill();
    } finally {
      await holder.rollback();
    }
    replica = await Replica.start(options);

    for (const [index, { path, repository, before }] of changes.entries()) {
      for (const end of await endsOf(replies[index])) {
        expect({ path, ...end }).toMatchObject({
          path,
          state: 'failed',
          created_resources: [],
          error: { description: expect.stringMatching(/worker/) },
        });
      }
      if (!repository) continue;
      expect(await packagesOf(repository)).toEqual(before);
      expect(await versionsOf(repository)).toEqual([1, 0]);
    }
    const isThere = async () =>
      (await knex('unit').where({ id: orphan })).length === 1;
    expect(await isThere()).toBe(true);

    for (const { path, body, repository, after } of changes) {
      const reply = await replica.call('POST', path, body);
      for (const { state, error } of await endsOf(reply)) {
        expect({ path, state, error }).toEqual({
          path,
          state: 'completed',
          error: null,
        });
      }
      if (!repository) continue;
      expect(await packagesOf(repository)).toEqual(after);
      expect(await versionsOf(repository)).toEqual([2, 1, 0]);
    }
    expect(await isThere()).toBe(false);
  });
});

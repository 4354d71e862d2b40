import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { createTestDatabases } from '../testing';
import {
  createReplicaDatabase,
  type ReplicaDatabase,
} from '../testing/replica/createReplicaDatabase';
import { Replica, type ReplicaOptions } from '../testing/replica/Replica';
import { composePrimary, composeRepository } from './testing/composeRepository';
import { RepositoryServer } from './testing/RepositoryServer';

// Two backends are started, one after the other, from sources.
jest.setTimeout(240_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'a sync whose process is killed on %p',
  databaseId => {
    let server: RepositoryServer;
    let folder: string;
    let options: ReplicaOptions;
    let database: ReplicaDatabase;
    const replicas: Replica[] = [];

    beforeAll(async () => {
      server = await RepositoryServer.start();
      folder = await mkdtemp(join(tmpdir(), 'rpm-kill-'));
      database = createReplicaDatabase(databaseId, folder);
      options = {
        database: database.settings,
        rpm: { storage: { path: join(folder, 'storage') } },
      };
    });
    afterAll(async () => {
      for (const replica of replicas) await replica.kill();
      await database.drop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    });

    async function start(): Promise<Replica> {
      const replica = await Replica.start(options);
      replicas.push(replica);
      return replica;
    }

    /** @returns the URL of a repository with so many packages */
    function compose(name: string, count: number): string {
      const packages = Array.from({ length: count }, (_, i) => ({
        name: `${name}-${i}`,
        location: `${i}.rpm`,
      }));
      return server.compose(
        name,
        composeRepository([
          { type: 'primary', content: composePrimary(packages) },
        ]),
      );
    }

    /** Starts the first sync of a new repository. */
    async function sync(replica: Replica, name: string, policy: string) {
      const remote = await replica.call('POST', 'remotes/rpm/rpm/', {
        name,
        url: server.urlOf(name),
        policy,
      });
      const repository = await replica.call('POST', 'repositories/rpm/rpm/', {
        name,
        remote: remote.pulp_href,
      });
      const path = `${repository.pulp_href}sync/`;
      const { task } = await replica.call('POST', path, {});
      return { remote, repository, path, task };
    }

    it('leaves no half version and no lock', async () => {
      compose('parsed', 20_000);
      compose('downloaded', 500);
      // All units are stored, and the first files are on their way, when the process dies.
      const isDownloading = new Promise<void>(resolve => {
        for (let i = 0; i < 500; i++) {
          server.answer(`/downloaded/${i}.rpm`, () => resolve());
        }
      });
      const first = await start();
      const downloaded = await sync(first, 'downloaded', 'immediate');
      await isDownloading;
      const parsed = await sync(first, 'parsed', 'on_demand');
      await first.until(parsed.task, ({ progress_reports: reports }) =>
        reports.some(
          (report: { code: string; done: number }) =>
            report.code === 'sync.parsing.packages' && report.done > 0,
        ),
      );
      await first.kill();

      const second = await start();
      await second.call('PATCH', downloaded.remote.pulp_href, {
        policy: 'on_demand',
      });
      for (const { repository, path, task, count } of [
        { ...downloaded, count: 500 },
        { ...parsed, count: 20_000 },
      ]) {
        const again = await second.call('POST', path, {});
        const completed = await second.finished(again.task);
        expect(completed).toMatchObject({
          error: null,
          state: 'completed',
          result: { number: 1, outcome: 'created' },
        });
        const { present } = completed.result.content_summary;
        expect(present['rpm.package'].count).toBe(count);
        const killed = await second.finished(task);
        expect(killed).toMatchObject({
          state: 'failed',
          created_resources: [],
        });
        expect(killed.error.description).toMatch(/worker/);
        const versions = await second.call('GET', repository.versions_href);
        expect(versions.results.map((each: any) => each.number)).toEqual([
          1, 0,
        ]);
      }
    });
  },
);

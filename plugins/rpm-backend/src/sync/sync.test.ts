import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { pathToFileURL } from 'url';
import { createTestDatabases } from '../testing';
import { composePrimary, composeRepository } from './testing/composeRepository';
import { countsOf, EXAMPLE_FOLDERS, SyncTester } from './testing/SyncTester';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const ZOO = {
  'rpm.package': 35,
  'rpm.advisory': 4,
  'rpm.packagegroup': 2,
  'rpm.packagecategory': 1,
  'rpm.packagelangpacks': 1,
};

describe.each(databases.eachSupportedId())('sync on %p', databaseId => {
  let tester: SyncTester;

  beforeAll(async () => {
    tester = await SyncTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  const url = (name: string) => tester.server.urlOf(name);
  const remoteOf = (name: string, settings?: object) =>
    tester.createRemote(url(name), settings);

  /** How many packages of the latest version have their file in the storage. */
  async function storedFiles(repository: string): Promise<number> {
    const { body } = await tester.rpm.get(
      `content/rpm/packages/?repository_version=${repository}&limit=1000`,
    );
    return body.results.filter((unit: { artifact: unknown }) => unit.artifact)
      .length;
  }

  it('takes all that a repository has', async () => {
    const repository = await tester.createRepository();
    const remote = await remoteOf('zoo');
    const task = await tester.sync(repository, { remote });
    expect(task).toMatchObject({
      state: 'completed',
      name: 'pulp_rpm.app.tasks.synchronizing.synchronize',
      created_resources: [`${repository}versions/1/`],
    });
    expect(task.reserved_resources_record).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^prn:rpm\.rpmrepository:/),
        expect.stringMatching(/^shared:prn:rpm\.rpmremote:/),
      ]),
    );
    const { result } = task;
    expect(result).toMatchObject({
      pulp_href: `${repository}versions/1/`,
      number: 1,
      outcome: 'created',
      problems: [],
      inputs: { operation: 'sync', remote, sync_policy: 'additive' },
    });
    expect(countsOf(result.content_summary.present)).toEqual(ZOO);
    const { body: version } = await tester.rpm.get(result.pulp_href);
    expect(result).toMatchObject(version);
    const progress = Object.fromEntries(
      task.progress_reports.map((report: any) => [
        report.code,
        [report.state, report.done, report.total],
      ]),
    );
    expect(progress).toEqual({
      'sync.downloading.metadata': ['completed', 5, 5],
      'sync.parsing.packages': ['completed', 35, 35],
      'sync.skipped.packages': ['completed', 0, 0],
      'sync.parsing.advisories': ['completed', 4, 4],
      'sync.parsing.comps': ['completed', 4, 4],
      'associating.content': ['completed', 43, 43],
      'unassociating.content': ['completed', 0, 0],
    });
    expect(await storedFiles(repository)).toBe(0);
  });

  it('uses the remote of the repository', async () => {
    const repository = await tester.createRepository({
      remote: await remoteOf('zoo'),
    });
    const { number } = await tester.synced(repository, {});
    expect(number).toBe(1);
  });

  it('ends at once when nothing has changed', async () => {
    const remote = await remoteOf('zoo');
    const repository = await tester.createRepository({ remote });
    const first = await tester.synced(repository, {});
    tester.server.requests.length = 0;
    const task = await tester.sync(repository, {});
    expect(task.progress_reports).toMatchObject([
      { code: 'sync.was_skipped', state: 'completed', done: 1, total: 1 },
    ]);
    expect(task.created_resources).toEqual([]);
    expect(task.result).toMatchObject({
      pulp_href: first.pulp_href,
      outcome: 'unchanged',
    });
    expect(tester.server.requests).toEqual([
      '/zoo/repodata/repomd.xml',
      '/zoo/.treeinfo',
      '/zoo/treeinfo',
    ]);

    const full = await tester.sync(repository, { optimize: false });
    expect(full.created_resources).toEqual([]);
    expect(full.result).toMatchObject({ number: 1, outcome: 'unchanged' });
    expect(full.progress_reports).toContainEqual(
      expect.objectContaining({ code: 'sync.parsing.packages', done: 35 }),
    );
  });

  it('syncs again when somebody has changed the repository', async () => {
    const remote = await remoteOf('zoo');
    const repository = await tester.createRepository({ remote });
    await tester.synced(repository, {});
    await tester.rpm.completed(
      await tester.rpm.post(`${repository}modify/`, {
        remove_content_units: ['*'],
      }),
    );
    const result = await tester.synced(repository, {});
    expect(result).toMatchObject({ number: 3, outcome: 'created' });
    expect(await tester.present(repository)).toEqual(ZOO);
  });

  it('adds to what is there, or leaves just what the remote has', async () => {
    const spring = await remoteOf('repo-1');
    const summer = await remoteOf('repo-2');
    const added = await tester.createRepository();
    await tester.synced(added, { remote: spring });
    expect(await tester.present(added)).toMatchObject({ 'rpm.package': 18 });
    await tester.synced(added, { remote: summer });
    // Only campaign-spring is not there in summer any more.
    expect(await tester.present(added)).toMatchObject({ 'rpm.package': 34 });
    expect(await tester.packages(added)).toContain(
      'campaign-spring-2026-1.noarch.rpm',
    );

    const mirror = await tester.createRepository();
    const policy = { sync_policy: 'mirror_content_only' };
    await tester.synced(mirror, { remote: spring, ...policy });
    const { content_summary: summary } = await tester.synced(mirror, {
      remote: summer,
      ...policy,
    });
    expect(countsOf(summary.present)).toMatchObject({ 'rpm.package': 33 });
    expect(countsOf(summary.removed)).toMatchObject({ 'rpm.package': 1 });
    expect(await tester.packages(mirror)).not.toContain(
      'campaign-spring-2026-1.noarch.rpm',
    );
    expect(await tester.present(mirror)).toEqual({
      'rpm.package': 33,
      'rpm.advisory': 3,
      'rpm.modulemd': 4,
      'rpm.modulemd_defaults': 1,
      'rpm.modulemd_obsolete': 1,
      'rpm.packagegroup': 2,
      'rpm.packagecategory': 1,
      'rpm.packageenvironment': 1,
      'rpm.packagelangpacks': 1,
    });
  });

  it('makes an exact mirror of what an additive sync has left', async () => {
    const remote = await remoteOf('zoo');
    const other = await remoteOf('repo-1');
    const repository = await tester.createRepository({ remote });
    await tester.synced(repository, { remote: other });
    await tester.synced(repository, {});
    await tester.synced(repository, { sync_policy: 'mirror_content_only' });
    expect(await tester.present(repository)).toEqual(ZOO);
  });

  it('stores files at once, or leaves them where they are', async () => {
    const remote = await remoteOf('repo-1', { policy: 'immediate' });
    const repository = await tester.createRepository({ remote });
    const task = await tester.sync(repository, {});
    expect(task.progress_reports).toContainEqual(
      expect.objectContaining({
        code: 'sync.downloading.artifacts',
        state: 'completed',
        done: 18,
        total: 18,
      }),
    );
    const { body } = await tester.rpm.get(
      `content/rpm/packages/?repository_version=${repository}`,
    );
    for (const unit of body.results) {
      const file = readFileSync(
        join(EXAMPLE_FOLDERS['repo-1'], unit.location_href),
      );
      expect(unit.artifact).toEqual(expect.any(String));
      expect(unit.sha256).toBe(createHash('sha256').update(file).digest('hex'));
    }
  });

  it('fetches the files when the remote wants them at once from now on', async () => {
    const remote = await remoteOf('zoo');
    const repository = await tester.createRepository({ remote });
    await tester.synced(repository, {});
    await tester.rpm.completed(
      await tester.rpm.patch(remote, { policy: 'immediate' }),
    );
    const task = await tester.sync(repository, {});
    expect(task.state).toBe('completed');
    expect(task.result).toMatchObject({ number: 1, outcome: 'unchanged' });
    expect(await storedFiles(repository)).toBe(35);
    const again = await tester.sync(repository, {});
    expect(again.progress_reports[0].code).toBe('sync.was_skipped');
  });

  it('publishes what is new where the repository wants it', async () => {
    const remote = await remoteOf('repo-1');
    const repository = await tester.createRepository({
      remote,
      autopublish: true,
    });
    const { created_resources: created } = await tester.sync(repository, {});
    expect(created).toEqual([
      `${repository}versions/1/`,
      expect.stringContaining('/publications/rpm/rpm/'),
    ]);
  });

  it('syncs from a folder', async () => {
    const remote = await tester.createRemote(
      pathToFileURL(EXAMPLE_FOLDERS['repo-2']).href,
      { policy: 'immediate' },
    );
    const repository = await tester.createRepository();
    await tester.synced(repository, { remote });
    expect(await storedFiles(repository)).toBe(33);
  });

  it('takes the first mirror that answers when the remote is a list', async () => {
    tester.server.answer(
      '/mirrors',
      ['# mirrors', url('nowhere'), url('zoo').slice(0, -1), ''].join('\n'),
    );
    const remote = await remoteOf('mirrors', { policy: 'immediate' });
    const repository = await tester.createRepository();
    await tester.synced(repository, { remote });
    expect(await tester.present(repository)).toEqual(ZOO);
  });

  it.each(['repomd.xml', 'primary.xml.gz', 'a.rpm'])(
    'is cancelled while it waits for %s',
    async file => {
      const name = `slow-${file}`;
      const files = composeRepository([
        {
          type: 'primary',
          content: composePrimary([
            { name: 'a', location: 'repodata/a.rpm', seed: file },
          ]),
        },
      ]);
      const remote = await tester.createRemote(
        tester.server.compose(name, files),
        { policy: 'immediate' },
      );
      const repository = await tester.createRepository({ remote });
      const asked = new Promise<void>(resolve =>
        tester.server.answer(`/${name}/repodata/${file}`, () => resolve()),
      );
      const reply = await tester.rpm.post(`${repository}sync/`, {});
      await asked;
      await tester.rpm.patch(reply.body.task, { state: 'canceled' });
      const task = await tester.rpm.finished(reply);
      expect(task.state).toBe('canceled');
      expect(await tester.latest(repository)).toBe(0);
    },
  );
});

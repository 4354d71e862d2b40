import { mockCredentials } from '@backstage/backend-test-utils';
import { existsSync } from 'fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'fs/promises';
import type { Knex } from 'knex';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import {
  attachArtifacts,
  recordRemoteArtifacts,
  resolveUnits,
  savePackages,
  touchUnits,
} from '../database/operations/content-units';
import { FileSystemArtifactStorage } from '../storage';
import { TaskQueue } from '../tasks';
import {
  createTestDatabases,
  startRpmBackend,
  testPackage,
  type RpmTestBackend,
} from '../testing';
import { testPolicy } from '../testing/policies';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestModules, saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const stranger = mockCredentials.user.header('user:default/stranger');
const LONG_AGO = '2020-01-01T00:00:00.000000Z';

const policy = testPolicy({
  allows: (_, user) => user !== 'user:default/stranger',
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe.each(databases.eachSupportedId())('orphans on %p', databaseId => {
  let knex: Knex;
  let root: string;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;
  let storage: FileSystemArtifactStorage;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    root = await mkdtemp(join(tmpdir(), 'rpm-orphans-'));
    rpm = await startRpmBackend({
      knex,
      config: { storage: { path: root } },
      features: [policy],
    });
    driver = new RepositoryDriver({ rpm, knex });
    storage = new FileSystemArtifactStorage({ root, knex });
    driver.know(
      await saveTestPackages(knex, { a: {}, b: {}, c: {}, d: {}, e: {} }),
    );
  });
  afterEach(async () => {
    await rpm.stop();
    await storage.close();
    await rm(root, { recursive: true });
  });

  const cleanUp = async (body: object = { orphan_protection_time: 0 }) =>
    rpm.completed(await rpm.post('orphans/cleanup/', body));
  const forget = async () => {
    await knex('unit').update({ created_at: LONG_AGO, touched_at: null });
    await knex('artifact').update({ created_at: LONG_AGO, touched_at: null });
  };
  const idOf = async (name: string) =>
    (await resolveUnits(knex, [driver.units[name]])).ids[0];
  /** Which of the packages exist, by name. */
  const left = async () =>
    (await knex('rpm_package').orderBy('name').pluck('name')).join(' ');

  it('are units that no version of any repository holds', async () => {
    const repository = await driver.example();
    await driver.change(repository, { remove: 'a' });
    const task = await cleanUp();
    expect(task).toMatchObject({
      name: 'pulpcore.app.tasks.orphan.orphan_cleanup',
      result: { content: 2, artifacts: 0, size: 0, left_files: 0 },
      reserved_resources_record: ['rpm.orphans'],
    });
    expect(task.progress_reports).toEqual([
      expect.objectContaining({
        code: 'clean-up.content',
        state: 'completed',
        done: 2,
        total: 2,
      }),
      expect.objectContaining({
        code: 'clean-up.artifacts',
        state: 'completed',
        done: 0,
        total: 0,
      }),
    ]);
    expect(await left()).toBe('a b c');
    expect((await rpm.get(driver.units.d)).status).toBe(404);
    await rpm.completed(await rpm.delete(repository));
    await cleanUp();
    expect(await left()).toBe('');
  });

  it('become so when the version is deleted that held them', async () => {
    const repository = await driver.example();
    await rpm.completed(await rpm.delete(`${repository}versions/1/`));
    await cleanUp();
    expect(await left()).toBe('a c');
  });

  it('go with all that is known of them', async () => {
    driver.know(
      await saveTestModules(knex, { m: { artifacts: ['a-0:1-1.noarch'] } }),
    );
    const { body: remote } = await rpm.post('remotes/rpm/rpm/', {
      name: 'one',
      url: 'https://packages.example/',
    });
    const remoteId = (
      await knex('remote')
        .where({ uuid: remote.pulp_href.split('/').at(-2) })
        .first('id')
    ).id;
    const unitId = await idOf('a');
    await recordRemoteArtifacts(knex, [
      {
        unit_id: unitId,
        remote_id: remoteId,
        url: 'https://packages.example/a.rpm',
        size: 4,
        checksum_type: 'sha256',
        checksum: 'x',
      },
    ]);
    const artifact = await storage.store(bytes('a.rpm'), { name: 'a' });
    await attachArtifacts(knex, [
      { unit_id: unitId, artifact_id: artifact.id },
    ]);
    await forget();
    const { result } = await cleanUp({});
    expect(result).toMatchObject({ content: 6, artifacts: 1, size: 5 });
    for (const table of [
      'unit',
      'rpm_package_extras',
      'rpm_modulemd_artifact',
      'modulemd_artifact_map',
      'remote_artifact',
      'unit_artifact',
      'artifact',
    ]) {
      expect([table, await knex(table)]).toEqual([table, []]);
    }
    expect(existsSync(storage.pathOf(artifact))).toBe(false);
  });

  it('are spared as long as told after somebody wanted them', async () => {
    await forget();
    const touched = await idOf('b');
    await touchUnits(knex, [touched]);
    await savePackages(knex, [testPackage({ name: 'c' })]);
    const wanted = await storage.store(bytes('wanted'), { name: 'wanted' });
    const { result } = await cleanUp({});
    expect(result).toMatchObject({ content: 3, artifacts: 0 });
    expect(await left()).toBe('b c');
    expect(existsSync(storage.pathOf(wanted))).toBe(true);
    await cleanUp({ orphan_protection_time: 60 });
    expect(await left()).toBe('b c');
    await cleanUp({ orphan_protection_time: 0 });
    expect(await left()).toBe('');
  });

  it('are spared when a task wants them that has not ended', async () => {
    await forget();
    const queue = new TaskQueue({ knex });
    const uuid = await knex.transaction(trx =>
      queue.record(trx, {
        name: 'sync of another replica',
        input: {},
        reservations: {},
        createdBy: undefined,
      }),
    );
    await knex('task_worker').insert({
      id: 'other',
      started_at: '2020',
      heartbeat_at: '9999',
    });
    const open = { state: 'running', finished_at: null, worker_id: 'other' };
    await knex('task').where({ uuid }).update(open);
    await touchUnits(knex, [await idOf('b')]);
    await cleanUp();
    expect(await left()).toBe('b');
    await knex('task').where({ uuid }).update({ state: 'completed' });
    await cleanUp();
    expect(await left()).toBe('');
  });

  it('are those that are named, where they are named', async () => {
    const repository = await driver.create();
    await driver.change(repository, { add: 'a' });
    const { a, b } = driver.units;
    const prn = (await rpm.get(b)).body.prn;
    const { result } = await cleanUp({
      content_hrefs: [a, prn],
      orphan_protection_time: 0,
    });
    expect(result.content).toBe(1);
    expect(await left()).toBe('a c d e');
  });

  it.each([
    [{ content_hrefs: [] }, { content_hrefs: ['Must not be [].'] }],
    [
      { content_hrefs: ['x'] },
      ["Could not find the following content units: ['x']"],
    ],
    [
      { orphan_protection_time: -1 },
      {
        orphan_protection_time: [
          'Ensure this value is greater than or equal to 0.',
        ],
      },
    ],
    [{ protection: 0 }, { protection: ['Unexpected field'] }],
  ])('are not cleaned up by %j', async (body, error) => {
    const reply = await rpm.post('orphans/cleanup/', body);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual(error);
  });

  it('are for administrators', async () => {
    const { status } = await rpm.post('orphans/cleanup/', {}, stranger);
    expect(status).toBe(403);
    expect(await left()).toBe('a b c d e');
  });

  it('include files that lost their records, once they are a day old', async () => {
    const stored = await storage.store(bytes('stored'), { name: 'stored' });
    await attachArtifacts(knex, [
      { unit_id: await idOf('a'), artifact_id: stored.id },
    ]);
    const repository = await driver.create();
    await driver.change(repository, { add: 'a' });
    const places = ['0'.repeat(64), '1'.repeat(64)].map(sha256 =>
      storage.pathOf({ sha256 }),
    );
    const foreign = join(root, 'artifact', '00', 'README');
    const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
    for (const path of [...places, foreign]) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'left');
    }
    for (const path of [places[0], foreign, storage.pathOf(stored)]) {
      await utimes(path, yesterday, yesterday);
    }
    const { result } = await cleanUp();
    expect(result.left_files).toBe(1);
    expect(existsSync(places[0])).toBe(false);
    expect(existsSync(places[1])).toBe(true);
    expect(existsSync(foreign)).toBe(true);
    expect(existsSync(storage.pathOf(stored))).toBe(true);
  });

  it('are many', async () => {
    await savePackages(
      knex,
      Array.from({ length: 1_234 }, (_, i) => testPackage({ name: `n${i}` })),
    );
    const { result } = await cleanUp();
    expect(result.content).toBe(1_239);
    expect(await left()).toBe('');
  });
});

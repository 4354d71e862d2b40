import { mockCredentials } from '@backstage/backend-test-utils';
import { mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import type { Knex } from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  attachArtifacts,
  recordRemoteArtifacts,
  resolveUnits,
} from '../database/operations/content-units';
import { FileSystemArtifactStorage, type Artifact } from '../storage';
import { RepositoryServer } from '../sync/testing/RepositoryServer';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { testPolicy } from '../testing/policies';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const reader = mockCredentials.user.header('user:default/reader');

const policy = testPolicy({
  allows: (permission, user) =>
    user !== 'user:default/reader' || permission === 'rpm.repository.read',
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe.each(databases.eachSupportedId())('repair on %p', databaseId => {
  let knex: Knex;
  let root: string;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;
  let storage: FileSystemArtifactStorage;
  let server: RepositoryServer;
  let artifacts: Record<string, Artifact>;
  let version: string;
  let made = 0;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    root = await mkdtemp(join(tmpdir(), 'rpm-repair-'));
    server = await RepositoryServer.start();
    rpm = await startRpmBackend({
      knex,
      config: { storage: { path: root } },
      features: [policy],
    });
    driver = new RepositoryDriver({ rpm, knex });
    storage = new FileSystemArtifactStorage({ root, knex });
  });
  afterAll(async () => {
    await rpm.stop();
    await server.stop();
    await storage.close();
    await rm(root, { recursive: true });
  });

  const textOf = (name: string) => `The file of ${name}. ${'x'.repeat(9_000)}`;
  const idOf = async (name: string) =>
    (await resolveUnits(knex, [driver.units[name]])).ids[0];
  const createRemote = async (fetching: string) => {
    const { body } = await rpm.post('remotes/rpm/rpm/', {
      name: `remote ${made} ${fetching}`,
      url: server.urlOf('upstream'),
      policy: fetching,
      max_retries: 0,
    });
    const uuid = body.pulp_href.split('/').at(-2);
    return (await knex('remote').where({ uuid }).first('id')).id as number;
  };
  const recordSource = async (name: string, remoteId: number, file: string) =>
    recordRemoteArtifacts(knex, [
      {
        unit_id: await idOf(name),
        remote_id: remoteId,
        url: `${server.urlOf('upstream')}${file}`,
        size: textOf(name).length,
        checksum_type: 'sha256',
        checksum: artifacts[name].sha256,
      },
    ]);

  /** A version with four packages whose files are stored; two can be fetched again. */
  beforeEach(async () => {
    made += 1;
    const names = ['immediate', 'demanded', 'uploaded', 'lazy'];
    driver.know(
      await saveTestPackages(
        knex,
        Object.fromEntries(
          names.map(name => [name, { version: String(made) }]),
        ),
      ),
    );
    artifacts = {};
    for (const name of names) {
      const text = textOf(`${name} ${made}`);
      server.answer(`/upstream/${name}`, text);
      if (name === 'lazy') continue;
      artifacts[name] = await storage.store(bytes(text), { name });
      await attachArtifacts(knex, [
        { unit_id: await idOf(name), artifact_id: artifacts[name].id },
      ]);
    }
    await recordSource(
      'immediate',
      await createRemote('immediate'),
      'immediate',
    );
    await recordSource('demanded', await createRemote('on_demand'), 'demanded');
    const repository = await driver.create();
    await driver.change(repository, { add: names.join(' ') });
    version = `${repository}versions/1/`;
  });

  const repair = async (body?: object) => {
    const reply = await rpm.post(`${version}repair/`, body);
    if (reply.status !== 202) throw new Error(reply.text);
    return rpm.completed(reply);
  };
  const read = (name: string) =>
    readFile(storage.pathOf(artifacts[name]), 'utf8');

  it('finds nothing where nothing is wrong', async () => {
    const task = await repair();
    expect(task).toMatchObject({
      name: 'pulpcore.app.tasks.repository.repair_version',
      result: {
        missing: 0,
        corrupted: 0,
        repaired: 0,
        unrepaired: [],
        unrepaired_count: 0,
      },
    });
    expect(task.reserved_resources_record).toEqual([
      expect.stringMatching(/^shared:prn:rpm\.rpmrepository:/),
    ]);
  });

  it('fetches missing and corrupted files again, and names those that nobody has', async () => {
    await rm(storage.pathOf(artifacts.immediate));
    const demanded = await read('demanded');
    await writeFile(
      storage.pathOf(artifacts.demanded),
      demanded.replace('The', 'the'),
    );
    await writeFile(storage.pathOf(artifacts.uploaded), 'short');
    const { result, progress_reports: reports } = await repair({
      verify_checksums: true,
    });
    expect(result).toEqual({
      missing: 1,
      corrupted: 2,
      repaired: 2,
      unrepaired: [
        {
          pulp_href: driver.units.uploaded,
          label: `uploaded-${made}-1.noarch`,
          path: null,
          condition: 'corrupted',
        },
      ],
      unrepaired_count: 1,
    });
    expect(
      reports.map(({ code, done, total }: any) => [code, done, total]),
    ).toEqual([
      ['repair.missing', 1, 1],
      ['repair.corrupted', 2, 2],
      ['repair.repaired', 2, 2],
    ]);
    expect(await read('demanded')).toBe(demanded);
    expect(await read('immediate')).toContain(`immediate ${made}`);
    const again = await repair();
    expect(again.result).toMatchObject({ missing: 0, corrupted: 1 });
  });

  it('reads no bytes when it is not to verify them', async () => {
    const demanded = await read('demanded');
    await writeFile(
      storage.pathOf(artifacts.demanded),
      demanded.replace('The', 'the'),
    );
    await writeFile(storage.pathOf(artifacts.immediate), 'short');
    const { result } = await repair({ verify_checksums: false });
    expect(result).toMatchObject({ missing: 0, corrupted: 1, repaired: 1 });
  });

  it('takes nothing from a remote that has other bytes by now', async () => {
    server.answer('/upstream/immediate', textOf('something else'));
    await rm(storage.pathOf(artifacts.immediate));
    const { result } = await repair();
    expect(result).toMatchObject({
      missing: 1,
      repaired: 0,
      unrepaired: [{ condition: 'missing' }],
    });
    const mirror = await createRemote('streamed');
    server.answer('/upstream/mirror', textOf(`immediate ${made}`));
    await recordSource('immediate', mirror, 'mirror');
    expect((await repair()).result).toMatchObject({ missing: 1, repaired: 1 });
  });

  it('looks once at a file that several units have', async () => {
    await attachArtifacts(knex, [
      {
        unit_id: await idOf('lazy'),
        artifact_id: artifacts.uploaded.id,
      },
    ]);
    await rm(storage.pathOf(artifacts.uploaded));
    expect((await repair()).result).toMatchObject({ missing: 1 });
  });

  it('is for who may change the repository', async () => {
    const reply = await rpm.post(`${version}repair/`, {}, reader);
    expect(reply.status).toBe(403);
    const missing = version.replace('versions/1', 'versions/7');
    expect((await rpm.post(`${missing}repair/`)).status).toBe(404);
    const wrong = await rpm.post(`${version}repair/`, { verify: true });
    expect(wrong.body).toEqual({ verify: ['Unexpected field'] });
  });
});

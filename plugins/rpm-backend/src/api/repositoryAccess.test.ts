import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import { resolveUnits } from '../database/operations/content-units';
import { recordUnitUploader } from '../database/operations/uploads';
import { parseReference } from '../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** Which permission guards which route, and what a caller without it is told. */
describe('access to repositories and versions', () => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;
  /** Permissions, or `<permission> <UUID>` for one resource only. */
  const denied = new Set<string>();

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission: { name }, resourceRef }) => ({
          result:
            denied.has(name) || denied.has(`${name} ${resourceRef}`)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        })),
      authorizeConditional: async requests =>
        requests.map(({ permission: { name } }) =>
          denied.has(name)
            ? { result: AuthorizeResult.DENY }
            : { result: AuthorizeResult.ALLOW },
        ),
    });
    rpm = await startRpmBackend({ knex, features: [permissions.factory] });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know(await saveTestPackages(knex, { a: {}, b: {}, c: {} }));
  });
  afterAll(() => rpm.stop());
  afterEach(() => denied.clear());

  type Route = [
    permission: string,
    method: 'patch' | 'delete' | 'post',
    path: string,
    body: object | undefined,
  ];

  it.each<Route>([
    ['rpm.repository.update', 'patch', '', { description: 'x' }],
    ['rpm.repository.update', 'post', 'set_label/', { key: 'a', value: 'b' }],
    ['rpm.repository.update', 'post', 'unset_label/', { key: 'a' }],
    ['rpm.repository.modify', 'post', 'modify/', {}],
    ['rpm.repository.delete', 'delete', 'versions/1/', undefined],
    ['rpm.repository.delete', 'delete', '', undefined],
  ])('%s is needed to %s …/%s', async (permission, method, path, body) => {
    const repository = await driver.example();
    const before = (await rpm.get(repository)).body;
    const call = () =>
      method === 'delete'
        ? rpm.delete(`${repository}${path}`)
        : rpm[method](`${repository}${path}`, body);
    denied.add(permission);
    expect((await call()).status).toBe(403);
    denied.add('rpm.repository.read');
    expect((await call()).status).toBe(404);
    denied.clear();
    expect((await rpm.get(repository)).body).toEqual(before);
  });

  it('rpm.repository.create is needed to create', async () => {
    denied.add('rpm.repository.create');
    const reply = await rpm.post('repositories/rpm/rpm/', { name: 'x' });
    expect(reply.status).toBe(403);
  });

  it('nothing is shown without rpm.repository.read', async () => {
    const repository = await driver.example();
    denied.add('rpm.repository.read');
    for (const path of ['', 'versions/', 'versions/1/', 'versions/1/diff/']) {
      expect((await rpm.get(`${repository}${path}`)).status).toBe(404);
    }
    for (const list of ['repositories/rpm/rpm/', 'repository_versions/']) {
      expect((await rpm.get(list)).body).toMatchObject({
        count: 0,
        results: [],
      });
    }
  });

  it('a version made from one that cannot be seen is compared with the one before', async () => {
    const repository = await driver.example();
    const secret = await driver.example();
    const base = `${secret}versions/1/`;
    await driver.change(repository, { base, add: 'c' });
    const from = async () =>
      (await rpm.get(`${repository}versions/3/diff/`)).body.from_version;
    expect(await from()).toBe(base);
    const { uuid } = parseReference(secret) as { uuid: string };
    denied.add(`rpm.repository.read ${uuid}`);
    expect(await from()).toBe(`${repository}versions/2/`);
  });

  it('what cannot be seen cannot be referred to either', async () => {
    const repository = await driver.example();
    const secret = await driver.example();
    const { uuid } = parseReference(secret) as { uuid: string };
    denied.add(`rpm.repository.read ${uuid}`);
    const version = `${secret}versions/1/`;
    const notFound = `URI ${version} not found for repositoryversion.`;

    const modify = await driver.modify(repository, { base: version });
    expect(modify.status).toBe(400);
    expect(modify.body).toEqual({ base_version: [notFound] });

    const diff = await rpm.get(`${repository}versions/1/diff/?from=${version}`);
    expect(diff.status).toBe(400);
    expect(diff.body).toEqual({ from: [notFound] });

    const remote = await rpm.post('remotes/rpm/rpm/', {
      name: 'secret',
      url: 'https://packages.example/',
    });
    denied.add('rpm.remote.read');
    const update = await rpm.patch(repository, {
      remote: remote.body.pulp_href,
    });
    expect(update.status).toBe(400);
    expect(update.body).toEqual({
      remote: ['Invalid hyperlink - Object does not exist.'],
    });
  });

  it('units that one can see nowhere and has not uploaded are not added', async () => {
    const repository = await driver.create();
    const secret = await driver.create();
    driver.know(
      await saveTestPackages(knex, { hoarded: {}, unheld: {}, common: {} }),
    );
    await driver.change(secret, { add: 'hoarded common' });
    await driver.change(repository, { add: 'common' });
    denied.add('rpm.repository.read');
    expect((await driver.modify(repository, { add: 'a' })).status).toBe(400);
    const reply = await driver.modify(repository, {
      add: 'hoarded unheld',
    });
    expect(reply.status).toBe(400);
    const { hoarded, unheld } = driver.units;
    expect(reply.body).toEqual([
      `Could not find the following content units: ['${hoarded}', '${unheld}']`,
    ]);

    const { ids } = await resolveUnits(knex, [unheld]);
    await recordUnitUploader(knex, ids[0], 'user:default/mock');
    await driver.change(repository, { add: 'unheld' });
  });
});

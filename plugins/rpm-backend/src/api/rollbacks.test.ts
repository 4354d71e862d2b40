import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('roll-back on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;
  const denied = new Set<string>();

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result: denied.has(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
      authorizeConditional: async requests =>
        requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    });
    rpm = await startRpmBackend({ knex, features: [permissions.factory] });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know(
      await saveTestPackages(knex, {
        a: {},
        b: {},
        c: {},
        p1: { name: 'p', version: '1' },
        p2: { name: 'p', version: '2' },
      }),
    );
  });
  afterAll(() => rpm.stop());
  afterEach(() => denied.clear());

  const rollback = (repository: string, body: object) =>
    rpm.post(`${repository}rollback/`, { reason: 'It broke', ...body });
  const at = (repository: string, number: number) =>
    `${repository}versions/${number}/`;

  it('makes a version with the content of an earlier one, and says why', async () => {
    const repository = await driver.example();
    const reply = await rollback(repository, { version: 1 });
    expect(reply.status).toBe(202);
    const task = await rpm.completed(reply);
    expect(task).toMatchObject({
      name: 'rpm.rollback',
      created_resources: [at(repository, 3)],
      result: {
        outcome: 'created',
        version: at(repository, 3),
        counts: {
          added: { 'rpm.package': 1 },
          removed: { 'rpm.package': 1 },
          present: { 'rpm.package': 2 },
        },
      },
    });
    expect(await driver.content(repository, 3)).toBe('a b');
    expect(await driver.content(repository, 2)).toBe('a c');
    const { body } = await rpm.get(at(repository, 3));
    expect(body).toMatchObject({
      base_version: at(repository, 1),
      created_by: 'user:default/mock',
      reason: 'It broke',
      inputs: {
        operation: 'rollback',
        version: at(repository, 1),
        checkpoint: null,
      },
    });
  });

  it.each([
    ['href', (repository: string) => at(repository, 1)],
    ['number as text', () => '1'],
  ])('takes the version by %s', async (_name, version) => {
    const repository = await driver.example();
    await rpm.completed(
      await rollback(repository, { version: version(repository) }),
    );
    expect(await driver.content(repository, 3)).toBe('a b');
  });

  it('takes the version by PRN', async () => {
    const repository = await driver.example();
    const { body } = await rpm.get(at(repository, 0));
    await rpm.completed(await rollback(repository, { version: body.prn }));
    expect(await driver.content(repository, 3)).toBe('');
  });

  it('says that nothing changed when it is like that already', async () => {
    const repository = await driver.example();
    const task = await rpm.completed(
      await rollback(repository, { version: 2 }),
    );
    expect(task.created_resources).toEqual([]);
    expect(task.result).toMatchObject({
      outcome: 'unchanged',
      version: at(repository, 2),
    });
  });

  it('brings back what retention took', async () => {
    const repository = await driver.create();
    await driver.change(repository, { add: 'p1 p2' });
    await rpm.completed(
      await rpm.patch(repository, { retain_package_versions: 1 }),
    );
    await driver.change(repository, { add: 'a' });
    expect(await driver.content(repository, 2)).toBe('a p2');
    await rpm.completed(await rollback(repository, { version: 1 }));
    expect(await driver.content(repository, 3)).toBe('p1 p2');
  });

  describe('to a checkpoint', () => {
    async function withCheckpoint() {
      const repository = await driver.create();
      await driver.change(repository, { add: 'a' });
      const task = await rpm.completed(
        await rpm.post('publications/rpm/rpm/', {
          repository,
          checkpoint: true,
        }),
      );
      const { body: checkpoint } = await rpm.get(task.created_resources[0]);
      await driver.change(repository, { add: 'b' });
      return { repository, checkpoint };
    }

    it.each(['pulp_href', 'prn', 'checkpoint_timestamp'])(
      'named by its %s',
      async field => {
        const { repository, checkpoint } = await withCheckpoint();
        await rpm.completed(
          await rollback(repository, { checkpoint: checkpoint[field] }),
        );
        expect(await driver.content(repository, 3)).toBe('a');
        const { body } = await rpm.get(at(repository, 3));
        expect(body.inputs).toMatchObject({
          checkpoint: checkpoint.pulp_href,
          checkpoint_timestamp: checkpoint.checkpoint_timestamp,
        });
      },
    );

    it('refuses what is no checkpoint of the repository', async () => {
      const { repository } = await withCheckpoint();
      const other = await withCheckpoint();
      const task = await rpm.completed(
        await rpm.post('publications/rpm/rpm/', { repository }),
      );
      for (const name of [
        '20200101T000000Z',
        '20209999T000000Z',
        'yesterday',
        other.checkpoint.pulp_href,
        task.created_resources[0],
      ]) {
        const reply = await rollback(repository, { checkpoint: name });
        expect({ status: reply.status, body: reply.body }).toEqual({
          status: 400,
          body: { checkpoint: [`The repository has no checkpoint ${name}.`] },
        });
      }
    });
  });

  describe('with publishing', () => {
    it('publishes the version that came of it', async () => {
      const repository = await driver.example();
      const task = await rpm.completed(
        await rollback(repository, { version: 1, publish: true }),
      );
      const [version, publication] = task.created_resources;
      expect(version).toBe(at(repository, 3));
      expect(task.result).toMatchObject({ outcome: 'created', publication });
      const { body } = await rpm.get(publication);
      expect(body.repository_version).toBe(version);
    });

    it('publishes the latest when nothing changed', async () => {
      const repository = await driver.example();
      const task = await rpm.completed(
        await rollback(repository, { version: 2, publish: true }),
      );
      expect(task.created_resources).toEqual([task.result.publication]);
      const { body } = await rpm.get(task.result.publication);
      expect(body.repository_version).toBe(at(repository, 2));
    });

    it('publishes once where each version is published anyway', async () => {
      const repository = await driver.create({ autopublish: true });
      await driver.change(repository, { add: 'a' });
      const task = await rpm.completed(
        await rollback(repository, { version: 0, publish: true }),
      );
      expect(task.created_resources).toHaveLength(2);
      const { body } = await rpm.get(
        `publications/rpm/rpm/?repository_version=${at(repository, 2)}`,
      );
      expect(body.count).toBe(1);
      expect(task.result.publication).toBe(body.results[0].pulp_href);
    });
  });

  it.each([
    [
      { version: 1, reason: undefined },
      { reason: ['This field is required.'] },
    ],
    [{ version: 1, reason: ' ' }, { reason: ['This field may not be blank.'] }],
    [
      {},
      {
        non_field_errors: [
          "Either the 'version' or 'checkpoint' need to be specified.",
        ],
      },
    ],
    [
      { version: 1, checkpoint: '20200101T000000Z' },
      {
        non_field_errors: [
          "Either the 'version' or 'checkpoint' need to be specified but not both.",
        ],
      },
    ],
    [{ version: 9 }, { version: ['The repository has no version 9.'] }],
    [{ version: 'x' }, { version: ['The repository has no version x.'] }],
    [{ version: 1, hold: true }, { hold: ['Unexpected field'] }],
  ])('refuses %j', async (body, errors) => {
    const repository = await driver.example();
    const reply = await rollback(repository, body);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status: 400,
      body: errors,
    });
  });

  it('refuses a version of another repository', async () => {
    const repository = await driver.example();
    const other = await driver.example();
    for (const version of [at(other, 1), other]) {
      const reply = await rollback(repository, { version });
      expect(reply.body).toEqual({
        version: [`The repository has no version ${version}.`],
      });
    }
  });

  it('is for those who may, and publishing for those who may that too', async () => {
    const repository = await driver.example();
    denied.add('rpm.repository.rollback');
    expect((await rollback(repository, { version: 1 })).status).toBe(403);
    denied.clear();
    denied.add('rpm.repository.publish');
    const publish = await rollback(repository, { version: 1, publish: true });
    expect(publish.status).toBe(403);
    await rpm.completed(await rollback(repository, { version: 1 }));
    denied.add('rpm.repository.rollback').add('rpm.repository.read');
    expect((await rollback(repository, { version: 1 })).status).toBe(404);
  });
});

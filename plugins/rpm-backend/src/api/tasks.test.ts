import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { testPolicy } from '../testing/policies';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const stranger = mockCredentials.user.header('user:default/stranger');

/** Strangers see what has the label `shown`; everybody else sees everything. */
const policy = testPolicy({
  allows: () => true,
  sees: { user: 'user:default/stranger', label: 'shown' },
});

describe.each(databases.eachSupportedId())('lists of tasks on %p', id => {
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;

  beforeAll(async () => {
    const knex = await databases.init(id);
    rpm = await startRpmBackend({ knex });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know(await saveTestPackages(knex, { a: {}, b: {}, c: {} }));
  });
  afterAll(() => rpm.stop());

  it('tell the PRNs of what was made, versions among it', async () => {
    const repository = await driver.create({ autopublish: true });
    const task = await driver.change(repository, { add: 'a' });
    const made = await Promise.all(
      task.created_resources.map((href: string) => rpm.get(href)),
    );
    expect(made.map(({ body }) => body.pulp_href)).toEqual([
      `${repository}versions/1/`,
      expect.stringContaining('publications/'),
    ]);
    expect(task.created_resource_prns).toEqual(
      made.map(({ body }) => body.prn),
    );
    const list = await rpm.get('tasks/?limit=1');
    expect(list.body.results).toEqual([task]);
  });

  it('say of what was made and is deleted that it is unavailable', async () => {
    const repository = await driver.create({ autopublish: true });
    const { pulp_href: href, created_resources: made } = await driver.change(
      repository,
      { add: 'a' },
    );
    const shown = async () => {
      const { body } = await rpm.get(href);
      expect(body.created_resource_prns).toHaveLength(
        body.created_resources.filter((each: string) => made.includes(each))
          .length,
      );
      return body.created_resources;
    };
    await rpm.delete(made[1]);
    expect(await shown()).toEqual([made[0], '<unavailable>']);
    await rpm.completed(await rpm.delete(made[0]));
    expect(await shown()).toEqual(['<unavailable>', '<unavailable>']);
  });

  it('are narrowed by what tasks reserved, by href and by PRN', async () => {
    const repository = await driver.example();
    await driver.example();
    const { prn } = (await rpm.get(repository)).body;
    for (const name of [repository, prn]) {
      for (const filter of ['reserved_resources', 'reserved_resources__in']) {
        const { body } = await rpm.get(`tasks/?${filter}=${name}`);
        expect(
          body.results.map((task: any) => task.reserved_resources_record),
        ).toEqual([[prn], [prn]]);
      }
    }
  });
});

describe.each(databases.eachSupportedId())('who sees tasks on %p', id => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;
  let shown: string;
  let hidden: string;

  beforeAll(async () => {
    knex = await databases.init(id);
    rpm = await startRpmBackend({ knex, features: [policy] });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know(await saveTestPackages(knex, { a: {}, b: {} }));
    shown = await driver.create({ pulp_labels: { shown: 'yes' } });
    hidden = await driver.create();
  });
  afterAll(() => rpm.stop());

  /** Whether a stranger finds a task, by each of the routes that show tasks. */
  const isShown = async ({ pulp_href: href }: any): Promise<boolean> => {
    const { status } = await rpm.get(href, stranger);
    const { body } = await rpm.get('tasks/?limit=1000', stranger);
    const listed = body.results.some((task: any) => task.pulp_href === href);
    expect(body.count).toBe(body.results.length);
    expect([status, listed]).toEqual(
      status === 200 ? [200, true] : [404, false],
    );
    expect((await rpm.get(href)).status).toBe(200);
    return listed;
  };

  it('who sees all repositories that the task is about', async () => {
    expect(await isShown(await driver.change(shown, { add: 'a' }))).toBe(true);
    expect(await isShown(await driver.change(hidden, { add: 'b' }))).toBe(
      false,
    );
    const mixed = await driver.change(shown, { base: `${hidden}versions/1/` });
    expect(await isShown(mixed)).toBe(false);
  });

  it('who sees the remote that the task is about', async () => {
    for (const labels of [{ shown: 'yes' }, {}]) {
      const { body: remote } = await rpm.post('remotes/rpm/rpm/', {
        name: `shown: ${Object.keys(labels).length}`,
        url: 'https://packages.example/',
        pulp_labels: labels,
      });
      const changed = await rpm.patch(remote.pulp_href, { rate_limit: 5 });
      const task = await rpm.completed(changed);
      expect(await isShown(task)).toBe('shown' in labels);
    }
  });

  it('who started it, and may cancel it then', async () => {
    const reply = await rpm.post(
      `${hidden}modify/`,
      { remove_content_units: ['*'] },
      stranger,
    );
    expect(await isShown(await rpm.completed(reply))).toBe(true);
    const foreign = await driver.change(hidden, { add: 'b' });
    const cancel = (token?: string) =>
      rpm.patch(foreign.pulp_href, { state: 'canceled' }, token);
    expect((await cancel(stranger)).status).toBe(404);
    expect((await cancel()).status).toBe(409);
  });
});

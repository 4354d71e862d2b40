import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { resolveUnits } from '../database/operations/content-units';
import { hrefOf } from '../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { testPolicy } from '../testing/policies';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestModules, saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const keeper = mockCredentials.user.header('user:default/keeper');
const stranger = mockCredentials.user.header('user:default/stranger');

/** Keepers may do all but administrate; strangers see nothing. */
const policy = testPolicy({
  allows: (permission, user) =>
    user !== 'user:default/stranger' &&
    (user !== 'user:default/keeper' || permission !== 'rpm.admin'),
});

describe.each(databases.eachSupportedId())('pruning on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex, features: [policy] });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know({
      ...(await saveTestPackages(knex, {
        d1: { name: 'd', version: '1' },
        d2: { name: 'd', version: '2' },
        d3: { name: 'd', version: '3' },
        d10: { name: 'd', version: '10' },
        e1: { name: 'e', version: '1' },
        m1: { name: 'mod', version: '1' },
        m2: { name: 'mod', version: '2' },
        l1: { name: 'labelled', version: '1' },
        l2: { name: 'labelled', version: '2' },
      })),
      ...(await saveTestModules(knex, {
        m: { artifacts: ['mod-0:1-1.noarch'] },
      })),
    });
    const { ids } = await resolveUnits(knex, [driver.units.l1]);
    await knex('rpm_package')
      .where({ unit_id: ids[0] })
      .update({ modularity_label: 'labelled:main:1:c0ffee' });
  });
  afterAll(() => rpm.stop());

  const settle = async (href: string) => {
    for (;;) {
      const { body } = await rpm.get(href);
      if (!body.waiting && !body.running) return body;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };
  /** Prunes, and returns the group with its tasks in full. */
  const prune = async (body: object) => {
    const reply = await rpm.post('rpm/prune/', body);
    if (reply.status !== 202) throw new Error(reply.text);
    expect(Object.keys(reply.body)).toEqual(['task_group']);
    const group = await settle(reply.body.task_group);
    const tasks = await Promise.all(
      group.tasks.map(
        async (task: any) => (await rpm.get(task.pulp_href)).body,
      ),
    );
    return { group, tasks };
  };
  /** Lets the versions of a repository be made days ago. */
  const age = async (repository: string, days: number, number?: number) => {
    const { id } = await knex('repository')
      .where({ uuid: repository.split('/').at(-2) })
      .first('id');
    await knex('repository_version')
      .where({ repository_id: id, ...(number && { number }) })
      .update({
        created_at: `${new Date(Date.now() - days * 86_400_000)
          .toISOString()
          .slice(0, -1)}000Z`,
      });
  };

  it('removes old versions of packages in one new version', async () => {
    const repository = await driver.create();
    await driver.change(repository, { add: 'd1 d2 d10 e1 m1 m2 m l1 l2' });
    await age(repository, 15);
    const { group, tasks } = await prune({ repo_hrefs: [repository] });
    expect(group).toMatchObject({
      description: 'Prune old Packages.',
      completed: 1,
      failed: 0,
      group_progress_reports: [
        { code: 'rpm.package.prune', total: 1, done: 1 },
      ],
    });
    expect(tasks[0]).toMatchObject({
      name: 'pulp_rpm.app.tasks.prune.prune_packages',
      state: 'completed',
      task_group: group.pulp_href,
      created_resources: [`${repository}versions/2/`],
    });
    expect(tasks[0].progress_reports).toContainEqual(
      expect.objectContaining({
        code: 'rpm.package.prune.repository',
        state: 'completed',
        total: 2,
        done: 2,
      }),
    );
    expect(await driver.content(repository, 2)).toBe('d10 e1 l1 l2 m m1 m2');
    const { body } = await rpm.get(`${repository}versions/2/`);
    expect(body.inputs).toEqual({ operation: 'prune', keep_days: 14 });
    const again = await prune({ repo_hrefs: [repository] });
    expect(again.tasks[0].result.outcome).toBe('unchanged');
    expect(await driver.latest(repository)).toBe(2);
  });

  it('keeps what is not longer in the repository than told', async () => {
    const repository = await driver.create();
    await driver.change(repository, { add: 'd1' });
    await driver.change(repository, { add: 'd2' });
    await driver.change(repository, { add: 'd3' });
    await age(repository, 10, 1);
    await age(repository, 5, 2);
    await prune({ repo_hrefs: [repository], keep_days: 11 });
    expect(await driver.latest(repository)).toBe(3);
    await prune({ repo_hrefs: [repository], keep_days: 7 });
    expect(await driver.content(repository, 4)).toBe('d2 d3');
    await prune({ repo_hrefs: [repository], keep_days: 0 });
    expect(await driver.content(repository, 5)).toBe('d3');
  });

  it('counts the days over versions that are deleted since', async () => {
    const repository = await driver.create();
    await driver.change(repository, { add: 'd1 d2' });
    await age(repository, 20);
    await driver.change(repository, { add: 'e1' });
    await rpm.completed(await rpm.delete(`${repository}versions/1/`));
    await prune({ repo_hrefs: [repository] });
    expect(await driver.content(repository, 3)).toBe('d2 e1');
  });

  it('tells in a dry run what would go and what is spared, and writes nothing', async () => {
    const repository = await driver.create();
    await driver.change(repository, { add: 'd1 d10 m1 m2 m l1 l2' });
    await age(repository, 20);
    await driver.change(repository, { add: 'd2' });
    const { group, tasks } = await prune({
      repo_hrefs: [repository],
      dry_run: true,
    });
    expect(group.completed).toBe(1);
    const [{ result, progress_reports: reports, ...task }] = tasks;
    expect(task.created_resources).toEqual([]);
    expect(task.reserved_resources_record).toContain(
      `shared:${(await rpm.get(repository)).body.prn}`,
    );
    expect(reports).toEqual([
      expect.objectContaining({
        code: 'rpm.package.prune.repository',
        total: 1,
        done: 0,
      }),
    ]);
    expect(result).toMatchObject({
      dry_run: true,
      outcome: 'created',
      version: `${repository}versions/2/`,
      removed_count: 1,
      removed: [
        {
          pulp_href: driver.units.d1,
          label: 'd-1-1.noarch',
          reason: 'pruned',
          because_of: { label: 'd-10-1.noarch' },
        },
      ],
    });
    expect(
      result.kept.map(({ label, reason }: any) => `${label} ${reason}`).sort(),
    ).toEqual([
      'd-10-1.noarch newest',
      'd-2-1.noarch recent',
      'labelled-1-1.noarch modular',
      'labelled-2-1.noarch newest',
      'mod-1-1.noarch modular',
      'mod-2-1.noarch newest',
    ]);
    expect(await driver.latest(repository)).toBe(2);
  });

  it('takes all repositories, at most five at once', async () => {
    const made = [];
    for (let index = 0; index < 7; index += 1) {
      const repository = await driver.create();
      await driver.change(repository, { add: 'd1 d2' });
      made.push(repository);
    }
    const { group, tasks } = await prune({ repo_hrefs: ['*'], keep_days: 0 });
    const { body } = await rpm.get('repositories/rpm/rpm/?limit=1');
    expect(group.completed).toBe(body.count);
    expect(tasks).toHaveLength(body.count);
    for (const repository of made) {
      expect(await driver.content(repository, 2)).toBe('d2');
    }
    const lanes = new Set(
      tasks.flatMap(task =>
        task.reserved_resources_record.filter(
          (resource: string) => !/prn:/.test(resource),
        ),
      ),
    );
    expect(lanes.size).toBe(5);
  });

  it('has one task for a repository that is named twice', async () => {
    const repository = await driver.create();
    const { prn } = (await rpm.get(repository)).body;
    const { tasks } = await prune({ repo_hrefs: [repository, prn] });
    expect(tasks).toHaveLength(1);
  });

  it.each([
    [{}, { repo_hrefs: ['This field is required.'] }],
    [{ repo_hrefs: [] }, { repo_hrefs: ['Must not be [].'] }],
    [
      { repo_hrefs: ['*', 'x'] },
      { repo_hrefs: ["Can't specify specific HREFs when using '*'"] },
    ],
    [{ repo_hrefs: ['x'] }, { repo_hrefs: ['URI not valid: x.'] }],
    [
      { repo_hrefs: ['*'], keep_days: -1 },
      {
        keep_days: ['Ensure this value is greater than or equal to 0.'],
      },
    ],
    [
      { repo_hrefs: ['*'], keep_days: 1.5 },
      { keep_days: ['A valid integer is required.'] },
    ],
    [{ repo_hrefs: ['*'], dryrun: true }, { dryrun: ['Unexpected field'] }],
  ])('refuses %j', async (body, error) => {
    const reply = await rpm.post('rpm/prune/', body);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual(error);
  });

  it('is for who may change the repositories, of all for administrators', async () => {
    const repository = await driver.create();
    const asked = (name: string, token: string) =>
      rpm.post('rpm/prune/', { repo_hrefs: [name] }, token);
    expect((await asked('*', keeper)).status).toBe(403);
    expect((await asked(repository, keeper)).status).toBe(202);
    const missing = hrefOf(
      'repository',
      '019bf000-0000-7000-8000-000000000001',
    );
    for (const name of [repository, missing]) {
      const { status, body } = await asked(name, stranger);
      expect(status).toBe(400);
      expect(body).toEqual({
        repo_hrefs: [`URI ${name} not found for rpmrepository.`],
      });
    }
  });
});

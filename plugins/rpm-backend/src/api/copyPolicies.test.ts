import { PlanTester } from '../plan/testing/PlanTester';
import { createTestDatabases } from '../testing';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('copies on %p', databaseId => {
  let tester: PlanTester;
  let source: string;

  beforeAll(async () => {
    const knex = await databases.init(databaseId);
    tester = await PlanTester.start(knex);
    tester.driver.know(
      await saveTestPackages(knex, {
        shy: { recommends: [{ name: 'extra' }] },
        extra: {},
        sources: { arch: 'src', requires: [{ name: 'compiler' }] },
        compiler: {},
        cross: { requires: [{ name: 'native' }] },
        intel: { name: 'native', arch: 'x86_64' },
        arm: { name: 'native', arch: 'aarch64' },
      }),
    );
    source = await tester.repository(
      'app lib base tool shy extra sources compiler cross intel arm',
    );
  });
  afterAll(() => tester.stop());

  const copied = async (units: string, options: object) => {
    const destination = await tester.repository();
    const task = await tester.rpm.finished(
      await tester.copy(source, destination, units, options),
    );
    return { task, destination };
  };
  const FAIL = { on_missing: 'fail' };

  describe('that must not lack anything', () => {
    it.each([false, true])(
      'fail and write nothing but the plan; dry run: %p',
      async dryRun => {
        const { task, destination } = await copied('app tool', {
          ...FAIL,
          dry_run: dryRun,
        });
        expect(task.state).toBe('failed');
        expect(task.created_resources).toEqual([]);
        expect(task.error).toMatchObject({
          error_code: 'RPM0011',
          description: expect.stringMatching(
            /^\[RPM0011\] The copy lacks 2 requirements: .*app-1\.0-1\.noarch requires gone.*; .*tool-1\.0-1\.noarch requires gone >= 2[^;]*\.$/,
          ),
          plan: expect.stringContaining('/rpm/plans/'),
        });
        expect(await tester.driver.numbers(destination)).toEqual([0]);

        const { body: plan } = await tester.rpm.get(task.error.plan);
        expect(plan).toMatchObject({
          state: 'planned',
          stale: expect.stringMatching(/^The copy lacks 2 requirements: /),
          result: { counts: { missing: 2, allowed: 0 } },
        });
        const refused = await tester.rpm.post(`${task.error.plan}apply/`);
        expect(refused.status).toBe(409);
        expect(refused.body.detail).toBe(plan.stale);
      },
    );

    it('are made when they lack nothing', async () => {
      const { task, destination } = await copied('lib', FAIL);
      expect(task.state).toBe('completed');
      expect(await tester.content(destination)).toBe('base lib');
    });

    it.each([
      ['by its name', ['gone']],
      ['in full', ['gone', 'gone >= 2']],
    ])('may lack what is allowed %s', async (_, allowed) => {
      const { task, destination } = await copied('app tool', {
        ...FAIL,
        allow_missing: allowed,
      });
      expect(task.state).toBe('completed');
      expect(task.result.counts).toMatchObject({ missing: 2, allowed: 2 });
      expect(task.result.missing).toMatchObject([
        { allowed: true },
        { allowed: true },
      ]);
      expect(await tester.content(destination)).toBe('app base lib tool');
    });

    it('fail for what else is missing', async () => {
      const { task } = await copied('app tool', {
        ...FAIL,
        allow_missing: ['gone >= 2'],
      });
      expect(task.error.description).toMatch(
        /The copy lacks a requirement: app-1\.0-1\.noarch requires gone/,
      );
    });
  });

  it('that only warn are made, and tell what was allowed last', async () => {
    const { task } = await copied('app tool', { allow_missing: ['gone >= 2'] });
    expect(task.state).toBe('completed');
    expect(
      task.result.missing.map(({ requirement, allowed }: any) => [
        requirement,
        allowed,
      ]),
    ).toEqual([
      ['gone', false],
      ['gone >= 2', true],
    ]);
  });

  it.each([
    ['recommendations', 'shy', { weak_dependencies: true }, 'extra shy'],
    ['no recommendations', 'shy', {}, 'shy'],
    [
      'what sources are built with',
      'sources',
      { source_requires: true },
      'compiler sources',
    ],
    ['nothing for sources', 'sources', {}, 'sources'],
    [
      'what the named machines need',
      'cross',
      { architectures: ['aarch64'] },
      'arm cross',
    ],
  ])('bring %s', async (_, units, options, expected) => {
    const { task, destination } = await copied(units, options);
    expect(task.state).toBe('completed');
    expect(await tester.content(destination)).toBe(expected);
  });

  it.each<[object, string]>([
    [{ on_missing: 'ignore' }, 'on_missing'],
    [{ allow_missing: 'gone' }, 'allow_missing'],
    [{ allow_missing: [''] }, 'allow_missing'],
    [{ architectures: [] }, 'architectures'],
    [{ architectures: ['x86 64'] }, 'architectures'],
    [{ dry_run: 'yes' }, 'dry_run'],
  ])('refuse %j', async (options, field) => {
    const { status, body } = await tester.copy(
      source,
      await tester.repository(),
      'lib',
      options,
    );
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual([field]);
  });
});

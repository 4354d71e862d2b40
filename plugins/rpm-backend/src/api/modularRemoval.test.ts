import type { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver, type TestChange } from '../testing/RepositoryDriver';
import { saveTestModules, saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

/** `lib` is an artifact of the modules `one` and `two`, `tool` of `one`, the oldest `p` of `old`. */
describe.each(databases.eachSupportedId())(
  'modular packages of versions on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;
    const logger = mockServices.logger.mock({
      child: (): LoggerService => logger,
    });

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex, features: [logger.factory] });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(
        await saveTestModules(knex, {
          one: { artifacts: ['lib-0:1.0-1.noarch', 'tool-0:1.0-1.noarch'] },
          two: { artifacts: ['lib-0:1.0-1.noarch'] },
          old: { artifacts: ['p-0:1-1.noarch'] },
        }),
      );
      driver.know(
        await saveTestPackages(knex, {
          a: {},
          lib: {},
          tool: {},
          tool2: { name: 'tool', pkgId: 'b'.repeat(64) },
          p1: { name: 'p', version: '1' },
          p2: { name: 'p', version: '2' },
          p3: { name: 'p', version: '3' },
        }),
      );
    });
    afterAll(() => rpm.stop());

    const named = (name: string, label: string) => ({
      pulp_href: driver.units[name],
      label,
    });
    const warning = (unit: string, module: string) => ({
      sentence:
        `${unit}-1.0-1.noarch is removed although it is an artifact of ` +
        `${module}:main:1:c0ffee42:noarch, which stays.`,
      package: named(unit, `${unit}-1.0-1.noarch`),
      module: named(module, `${module}:main:1:c0ffee42:noarch`),
    });
    const filled = async (settings: object = {}) => {
      const repository = await driver.create(settings);
      await driver.change(repository, { add: 'a one two lib tool' });
      return repository;
    };
    const refused = async (repository: string, change: TestChange) => {
      const task = await rpm.finished(await driver.modify(repository, change));
      expect(task.state).toBe('failed');
      return task.error.description;
    };

    it('are told when they are removed and their modules stay', async () => {
      const repository = await filled();
      const wanted = { warnings: [warning('tool', 'one')], warning_count: 1 };
      const change = { remove: 'tool a' };
      const tried = await driver.change(repository, {
        ...change,
        dry_run: true,
      });
      expect(tried.result).toMatchObject(wanted);
      const done = await driver.change(repository, change);
      expect(done.result).toMatchObject(wanted);
      expect(
        logger.warn.mock.calls.filter(([text]) => /is removed/.test(text)),
      ).toEqual([[warning('tool', 'one').sentence]]);
      expect(await driver.content(repository, 2)).toBe('lib one two');
    });

    it('are told with each of the modules that stay', async () => {
      const repository = await filled();
      const both = await driver.change(repository, {
        remove: 'lib',
        dry_run: true,
      });
      expect(both.result.warning_count).toBe(2);
      expect(both.result.warnings).toEqual(
        expect.arrayContaining([warning('lib', 'one'), warning('lib', 'two')]),
      );
      const one = await driver.change(repository, { remove: 'lib two' });
      expect(one.result.warnings).toEqual([warning('lib', 'one')]);
    });

    it('are not removed from repositories that refuse it', async () => {
      const repository = await filled({ modular_removal: 'reject' });
      const sentence =
        '[RPM0013] The repository refuses to remove packages of modules that stay: ' +
        'tool-1.0-1.noarch of one:main:1:c0ffee42:noarch.';
      const change = { remove: 'tool a' };
      expect(await refused(repository, change)).toBe(sentence);
      expect(await refused(repository, { ...change, dry_run: true })).toBe(
        sentence,
      );
      expect(await driver.latest(repository)).toBe(1);
      expect(await refused(repository, { remove: '*', add: 'two' })).toMatch(
        /lib-1\.0-1\.noarch of two:main:1:c0ffee42:noarch\.$/,
      );
      expect(await driver.latest(repository)).toBe(1);
    });

    it.each<[string, TestChange, string]>([
      ['go with their modules', { remove: 'one tool' }, 'a lib two'],
      ['are no modules’ when those go', { remove: 'one two' }, 'a'],
      ['go with everything', { remove: '*' }, ''],
      [
        'are replaced by others of the same name',
        { remove: 'tool', add: 'tool2' },
        'a lib one tool2 two',
      ],
    ])('are not missed when they %s', async (_, change, content) => {
      const repository = await filled({ modular_removal: 'reject' });
      const task = await driver.change(repository, change);
      expect(task.result).toMatchObject({ warnings: [], warning_count: 0 });
      expect(await driver.content(repository, 2)).toBe(content);
    });

    it('may be left out by a base version', async () => {
      const repository = await driver.create({ modular_removal: 'reject' });
      await driver.change(repository, { add: 'one' });
      await driver.change(repository, { add: 'tool' });
      const task = await driver.change(repository, {
        base: `${repository}versions/1/`,
      });
      expect(task.result.warnings).toEqual([]);
      expect(await driver.content(repository, 3)).toBe('one');
    });

    it('are removed without a word where that is allowed', async () => {
      const repository = await filled({ modular_removal: 'allow' });
      const task = await driver.change(repository, { remove: 'tool' });
      expect(task.result).toMatchObject({ warnings: [], warning_count: 0 });
    });

    it('are guarded as the repository’s settings say', async () => {
      const repository = await filled();
      expect((await rpm.get(repository)).body.modular_removal).toBe('warn');
      await rpm.completed(
        await rpm.patch(repository, { modular_removal: 'reject' }),
      );
      expect((await rpm.get(repository)).body.modular_removal).toBe('reject');
      expect(await refused(repository, { remove: 'tool' })).toMatch(/RPM0013/);
      const wrong = await rpm.patch(repository, { modular_removal: 'never' });
      expect(wrong.status).toBe(400);
      expect(Object.keys(wrong.body)).toEqual(['modular_removal']);
    });

    describe('are spared only where the version holds their module', () => {
      const prune = async (repository: string) => {
        const reply = await rpm.post('rpm/prune/', {
          repo_hrefs: [repository],
          keep_days: 0,
        });
        for (;;) {
          const { body } = await rpm.get(reply.body.task_group);
          if (!body.waiting && !body.running) break;
          await new Promise(resolve => setTimeout(resolve, 20));
        }
        return driver.content(repository, await driver.latest(repository));
      };

      it('by pruning', async () => {
        const having = await driver.create();
        await driver.change(having, { add: 'old p1 p2 p3' });
        const lacking = await driver.create();
        await driver.change(lacking, { add: 'p1 p2 p3' });
        expect(await prune(having)).toBe('old p1 p3');
        expect(await prune(lacking)).toBe('p3');
      });

      it('by retention, from the version on in which the module leaves', async () => {
        const settings = { retain_package_versions: 1 };
        const having = await driver.create(settings);
        await driver.change(having, { add: 'old p1 p2 p3' });
        expect(await driver.content(having, 1)).toBe('old p1 p3');
        const lacking = await driver.create(settings);
        await driver.change(lacking, { add: 'p1 p2 p3' });
        expect(await driver.content(lacking, 1)).toBe('p3');
        await driver.change(having, { remove: 'old', add: 'p1' });
        expect(await driver.content(having, 2)).toBe('p3');
      });
    });
  },
);

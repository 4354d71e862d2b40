import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver, type TestChange } from '../testing/RepositoryDriver';
import {
  saveTestAdvisories,
  saveTestModules,
  saveTestPackages,
  testCollection,
} from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const UNKNOWN = '019bf000-0000-7000-8000-000000000001';
const PACKAGES = '/api/rpm/pulp/api/v3/content/rpm/packages/';

describe.each(databases.eachSupportedId())('versions on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know(
      await saveTestPackages(knex, { a: {}, b: {}, c: {}, d: {}, e: {} }),
    );
  });
  afterAll(() => rpm.stop());

  describe('modify', () => {
    it.each<[string, TestChange, string, string, string]>([
      ['add', { add: 'd' }, 'a c d', '1 / 0 / 3', 'created'],
      ['base version', { base: '1' }, 'a b', '1 / 1 / 2', 'created'],
      [
        'remove all, add',
        { remove: '*', add: 'c' },
        'c',
        '0 / 1 / 1',
        'created',
      ],
      [
        'remove all of a base version',
        { remove: '*', base: '1' },
        '',
        '0 / 2 / 0',
        'created',
      ],
      [
        'remove all, add, on a base version',
        { remove: '*', add: 'd', base: '1' },
        'd',
        '1 / 2 / 1',
        'created',
      ],
      [
        'add to the empty version',
        { add: 'c', base: '0' },
        'c',
        '0 / 1 / 1',
        'created',
      ],
      [
        'add and remove on a base version',
        { add: 'd', remove: 'a', base: '1' },
        'b d',
        '2 / 2 / 2',
        'created',
      ],
      [
        'a unit in both lists',
        { add: 'a d', remove: 'a c' },
        'a d',
        '1 / 1 / 2',
        'created',
      ],
      [
        'what is there and what is not',
        { add: 'a', remove: 'b' },
        'a c',
        '',
        'unchanged',
      ],
      ['nothing', {}, 'a c', '', 'unchanged'],
      ['the latest as base', { base: '2' }, 'a c', '', 'unchanged'],
      [
        'all removed and added again',
        { remove: '*', add: 'a c' },
        'a c',
        '',
        'unchanged',
      ],
      [
        'a base version and what undoes it',
        { base: '1', add: 'c', remove: 'b' },
        'a c',
        '',
        'unchanged',
      ],
    ])('%s', async (_name, wanted, expected, expectedCounts, outcome) => {
      const repository = await driver.example();
      const base = wanted.base && `${repository}versions/${wanted.base}/`;
      const task = await driver.change(repository, { ...wanted, base });
      const number = outcome === 'created' ? 3 : 2;
      const version = `${repository}versions/${number}/`;
      expect(await driver.content(repository, number)).toBe(expected);
      expect(task.name).toBe(
        'pulp_rpm.app.tasks.signing.signed_add_and_remove',
      );
      expect(task.result).toMatchObject({ outcome, version, number });
      expect(await driver.latest(repository)).toBe(number);
      if (outcome === 'created') {
        expect(task.created_resources).toEqual([version]);
        expect(await driver.counts(version)).toBe(expectedCounts);
        expect((await rpm.get(version)).body.base_version).toBe(base ?? null);
      } else {
        expect(task.created_resources).toEqual([]);
      }
    });

    it('goes through the steps of the example', async () => {
      const repository = await driver.example();
      const at = (number: number) => `${repository}versions/${number}/`;
      await driver.change(repository, { add: 'd' });
      await driver.change(repository, { base: at(1) });
      await driver.change(repository, { remove: '*', add: 'c' });
      await driver.change(repository, { remove: '*', base: at(1) });
      await driver.change(repository, { add: 'c', base: at(0) });
      const contents = await Promise.all(
        [0, 1, 2, 3, 4, 5, 6, 7].map(number =>
          driver.content(repository, number),
        ),
      );
      // In 6, the star is everything: also what only the base version holds.
      expect(contents).toEqual([
        '',
        'a b',
        'a c',
        'a c d',
        'a b',
        'c',
        '',
        'c',
      ]);
      expect(await driver.counts(at(4))).toBe('1 / 2 / 2');
    });

    it('takes the content of a version of another repository', async () => {
      const source = await driver.example();
      const repository = await driver.create();
      await driver.change(repository, { add: 'e' });
      const task = await driver.change(repository, {
        base: `${source}versions/1/`,
        add: 'd',
        remove: 'a',
      });
      expect(await driver.content(repository, 2)).toBe('b d');
      const { body } = await rpm.get(`${repository}versions/2/`);
      expect(body.base_version).toBe(`${source}versions/1/`);
      expect(task.reserved_resources_record).toHaveLength(2);

      const { body: version } = await rpm.get(`${source}versions/2/`);
      await driver.change(repository, { base: version.prn });
      expect(await driver.content(repository, 3)).toBe('a c');
    });

    it('remembers who made a version, why and from what', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'a', reason: 'First of all' });
      const { body } = await rpm.get(`${repository}versions/1/`);
      expect(body).toMatchObject({
        number: 1,
        repository,
        created_by: 'user:default/mock',
        reason: 'First of all',
        inputs: {
          operation: 'modify',
          add_content_units: [driver.units.a],
          add_count: 1,
          remove_count: 0,
          base_version: null,
        },
        content_summary: {
          added: {
            'rpm.package': {
              count: 1,
              href: `${PACKAGES}?repository_version_added=${body.pulp_href}`,
            },
          },
          removed: {},
          present: {
            'rpm.package': {
              count: 1,
              href: `${PACKAGES}?repository_version=${body.pulp_href}`,
            },
          },
        },
      });
    });

    it('loses none of several at once', async () => {
      const repository = await driver.create();
      const replies = await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map(add =>
          driver.modify(repository, { add }),
        ),
      );
      const tasks = await Promise.all(
        replies.map(reply => rpm.completed(reply)),
      );
      expect(await driver.content(repository, 5)).toBe('a b c d e');
      expect(tasks.map(task => task.result.number).sort()).toEqual([
        1, 2, 3, 4, 5,
      ]);
    });

    it.each([
      [
        { add_content_units: 'x' },
        {
          add_content_units: [
            'Expected a list of items but got type "string".',
          ],
        },
      ],
      [
        { add_content_units: [1] },
        { add_content_units: ['0: Not a valid string.'] },
      ],
      [{ add: [] }, { add: ['Unexpected field'] }],
      [{ overwrite: 1 }, { overwrite: ['Must be a valid boolean.'] }],
      [
        { remove_content_units: ['*', 'x'] },
        { remove_content_units: ["Cannot supply content units and '*'."] },
      ],
      [{ base_version: 'x' }, { base_version: ['URI not valid: x.'] }],
      [
        {
          base_version: `/api/rpm/pulp/api/v3/repositories/rpm/rpm/${UNKNOWN}/versions/1/`,
        },
        {
          base_version: [
            `URI /api/rpm/pulp/api/v3/repositories/rpm/rpm/${UNKNOWN}/versions/1/ not found for repositoryversion.`,
          ],
        },
      ],
      [
        {
          add_content_units: ['x', `${PACKAGES}${UNKNOWN}/`],
          remove_content_units: ['y'],
        },
        [
          `Could not find the following content units: ['x', '${PACKAGES}${UNKNOWN}/', 'y']`,
        ],
      ],
    ])('refuses %j', async (body, errors) => {
      const repository = await driver.create();
      const reply = await rpm.post(`${repository}modify/`, body);
      expect({ status: reply.status, body: reply.body }).toEqual({
        status: 400,
        body: errors,
      });
    });
  });

  describe('units that exclude each other', () => {
    beforeAll(async () => {
      driver.know(
        await saveTestPackages(knex, {
          twin: { pkgId: '1'.repeat(64) },
        }),
      );
      const [[, other]] = Object.entries(
        await saveTestPackages(knex, { twin: { pkgId: '2'.repeat(64) } }),
      );
      driver.know({ double: other });
    });

    it('lets the incoming one win and says so', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'a twin' });
      const task = await driver.change(repository, { add: 'double' });
      expect(await driver.content(repository, 2)).toBe('a double');
      expect(task.result).toMatchObject({
        consequence_count: 1,
        consequences: [
          {
            pulp_href: driver.units.twin,
            label: 'twin-1.0-1.noarch',
            reason: 'replaced',
            because_of: {
              pulp_href: driver.units.double,
              label: 'twin-1.0-1.noarch',
            },
          },
        ],
      });
    });

    it('replaces what the base version holds, not what the latest does', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'twin' });
      await driver.change(repository, { remove: '*', add: 'a' });
      await driver.change(repository, {
        base: `${repository}versions/1/`,
        add: 'double',
      });
      expect(await driver.content(repository, 3)).toBe('double');
    });

    it('fails when one may not overwrite the other', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'twin' });
      const task = await rpm.finished(
        await driver.modify(repository, { add: 'double', overwrite: false }),
      );
      expect(task.state).toBe('failed');
      expect(task.error.description).toBe(
        '[PLP0023] Content overwrite rejected: twin-1.0-1.noarch would be replaced.',
      );
      expect(await driver.latest(repository)).toBe(1);

      await driver.change(repository, {
        add: 'double',
        remove: 'twin',
        overwrite: false,
      });
      expect(await driver.content(repository, 2)).toBe('double');
    });

    it('fails when both are to come in, and names them', async () => {
      const repository = await driver.create();
      const task = await rpm.finished(
        await driver.modify(repository, { add: 'twin double a' }),
      );
      expect(task.state).toBe('failed');
      expect(task.error.description).toBe(
        '[PLP0022] Found 1 duplicate contents in repository version: ' +
          'twin-1.0-1.noarch, twin-1.0-1.noarch.',
      );
      expect(await driver.latest(repository)).toBe(0);
    });
  });

  describe('modules', () => {
    beforeAll(async () => {
      driver.know(
        await saveTestPackages(knex, {
          lib: { version: '1', release: '1.module' },
          tool: { version: '1', release: '1.module' },
        }),
      );
      driver.know(
        await saveTestModules(knex, {
          one: {
            artifacts: ['lib-0:1-1.module.noarch', 'tool-0:1-1.module.noarch'],
          },
          two: { artifacts: ['lib-0:1-1.module.noarch'] },
          'one again': { artifacts: ['tool-0:1-1.module.noarch'] },
        }),
      );
    });

    it('take those of their packages along that no other module has', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'a one two lib tool' });
      const task = await driver.change(repository, { remove: 'one' });
      expect(await driver.content(repository, 2)).toBe('a lib two');
      expect(task.result.consequences).toEqual([
        {
          pulp_href: driver.units.tool,
          label: 'tool-1-1.module.noarch',
          reason: 'module-removed',
          because_of: {
            pulp_href: driver.units.one,
            label: 'one:main:1:c0ffee42:noarch',
          },
        },
      ]);
      await driver.change(repository, { remove: 'two' });
      expect(await driver.content(repository, 3)).toBe('a');
    });

    it('leave packages that are asked for in the same call', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'one lib tool' });
      await driver.change(repository, { remove: 'one', add: 'lib' });
      expect(await driver.content(repository, 2)).toBe('lib');
    });

    it('keep their packages when their document is replaced', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'one tool' });
      await rpm.completed(
        await rpm.post(`${repository}modify/`, {
          add_content_units: [driver.units['one again']],
        }),
      );
      expect(await driver.content(repository, 2)).toBe('one again tool');
    });
  });

  describe('retain_package_versions', () => {
    beforeAll(async () => {
      driver.know(
        await saveTestPackages(knex, {
          p1: { name: 'p', version: '1.9' },
          p2: { name: 'p', version: '1.10' },
          p3: { name: 'p', version: '2.0~rc1' },
          p4: { name: 'p', version: '2.0' },
          p5: { name: 'p', version: '2.0', release: '1.module' },
          pi: { name: 'p', version: '1.0', arch: 'i686' },
        }),
      );
      driver.know(
        await saveTestModules(knex, {
          modular: { artifacts: ['p-0:2.0-1.module.noarch'] },
        }),
      );
    });

    it('keeps the newest of each name and arch from the next version on', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'p1 p2 p3 p4 pi' });
      await rpm.completed(
        await rpm.patch(repository, { retain_package_versions: 2 }),
      );
      expect(await driver.latest(repository)).toBe(1);
      const task = await driver.change(repository, { add: 'a' });
      expect(await driver.content(repository, 2)).toBe('a p3 p4 pi');
      expect(
        task.result.consequences.map((unit: any) => [unit.label, unit.reason]),
      ).toEqual([
        ['p-1.9-1.noarch', 'retention'],
        ['p-1.10-1.noarch', 'retention'],
      ]);
    });

    it('tells of units that were asked for and are too old', async () => {
      const repository = await driver.create({ retain_package_versions: 1 });
      await driver.change(repository, { add: 'p4' });
      const task = await driver.change(repository, { add: 'p1' });
      expect(task.result).toMatchObject({
        outcome: 'unchanged',
        consequence_count: 1,
        consequences: [{ pulp_href: driver.units.p1, reason: 'retention' }],
      });
    });

    it('does not count what a module of the version names', async () => {
      const repository = await driver.create({ retain_package_versions: 1 });
      await driver.change(repository, { add: 'p4 p5 modular' });
      expect(await driver.content(repository, 1)).toBe('modular p4 p5');
      const plain = await driver.create({ retain_package_versions: 1 });
      await driver.change(plain, { add: 'p4 p5' });
      expect(await driver.content(plain, 1)).toBe('p5');
    });

    it('does not bite a mere change to a base version', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'p1 p2' });
      await driver.change(repository, { remove: '*' });
      await rpm.completed(
        await rpm.patch(repository, { retain_package_versions: 1 }),
      );
      const base = `${repository}versions/1/`;
      await driver.change(repository, { base });
      expect(await driver.content(repository, 3)).toBe('p1 p2');
      await driver.change(repository, { base, add: 'a' });
      expect(await driver.content(repository, 4)).toBe('a p2');
    });
  });

  describe('advisories with one id', () => {
    beforeAll(async () => {
      const id = 'A-1';
      const updatedDate = '2024-01-01';
      driver.know(
        await saveTestAdvisories(knex, {
          old: { id, updatedDate, pkglist: [testCollection('x', 'a-1')] },
          newer: {
            id,
            updatedDate: '2024-02-01',
            pkglist: [testCollection('x', 'a-1', 'b-1')],
          },
          apart: { id, updatedDate, pkglist: [testCollection('x', 'c-1')] },
          partly: {
            id,
            updatedDate: '2024-02-01',
            pkglist: [testCollection('x', 'b-1', 'c-1')],
          },
          unrelated: { id: 'A-2' },
        }),
      );
    });

    it('are settled: the later one stays', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'old unrelated' });
      await driver.change(repository, { add: 'newer' });
      expect(await driver.content(repository, 2)).toBe('newer unrelated');
      const task = await driver.change(repository, { add: 'old' });
      expect(task.result).toMatchObject({
        outcome: 'unchanged',
        consequences: [
          {
            pulp_href: driver.units.old,
            label: 'A-1',
            reason: 'advisory',
            because_of: { pulp_href: driver.units.newer, label: 'A-1' },
          },
        ],
      });
    });

    it('are merged when they speak of different packages', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'old' });
      await driver.change(repository, { add: 'apart' });
      expect(await driver.content(repository, 2)).toBe('unnamed');
      expect(
        await driver.counts(`${repository}versions/2/`, 'rpm.advisory'),
      ).toBe('1 / 1 / 1');
      const again = await driver.change(repository, { add: 'old apart' });
      expect(again.result.outcome).toBe('unchanged');
    });

    it('fail the task when they contradict each other', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'newer' });
      const task = await rpm.finished(
        await driver.modify(repository, { add: 'partly' }),
      );
      expect(task.state).toBe('failed');
      expect(task.error.description).toMatch(
        /^\[RPM0001\] .*Advisory id: A-1$/,
      );
      expect(await driver.content(repository, 1)).toBe('newer');
      expect(await driver.latest(repository)).toBe(1);
    });

    it('come back with a base version as they were', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'old' });
      await driver.change(repository, { add: 'newer' });
      await driver.change(repository, { base: `${repository}versions/1/` });
      expect(await driver.content(repository, 3)).toBe('old');
    });
  });

  describe('lists', () => {
    it('show versions by number, time and content', async () => {
      const repository = await driver.example();
      const list = async (query: string) => {
        const { body } = await rpm.get(`${repository}versions/?${query}`);
        return body.results.map((version: any) => version.number);
      };
      expect(await list('')).toEqual([2, 1, 0]);
      expect(await list('limit=1&offset=1')).toEqual([1]);
      expect(await list('ordering=number')).toEqual([0, 1, 2]);
      expect(await list('number__gte=1&ordering=-number')).toEqual([2, 1]);
      expect(await list('number__range=0,1')).toEqual([1, 0]);
      expect(await list(`content=${driver.units.b}`)).toEqual([1]);
      expect(
        await list(`content__in=${driver.units.b},${driver.units.c}`),
      ).toEqual([2, 1]);
      const { body } = await rpm.get(`${repository}versions/1/`);
      expect(await list(`pulp_created__lt=${body.pulp_created}`)).toEqual([0]);
      expect(await list(`prn__in=${body.prn}`)).toEqual([1]);
      expect(await list(`pulp_href__in=${body.pulp_href},x`)).toEqual([1]);

      const all = await rpm.get('repository_versions/?limit=2&fields=number');
      expect(all.body.results).toEqual([{ number: 2 }, { number: 1 }]);
    });

    it.each(['number=x', 'number=99999999999', 'number__range=1', 'a=b'])(
      'refuse ?%s',
      async query => {
        const repository = await driver.create();
        const reply = await rpm.get(`${repository}versions/?${query}`);
        expect(reply.status).toBe(400);
      },
    );
  });
});

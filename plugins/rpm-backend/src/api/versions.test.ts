import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver, type TestChange } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

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
      expect(await list(`pulp_href__in=${body.pulp_href}`)).toEqual([1]);

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

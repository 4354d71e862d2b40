import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import { hrefOf } from '../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { insertZoo, type Zoo } from '../testing/zoo';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('labels on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let zoo: Zoo;
  /** Hrefs of one of each kind that has labels. */
  let labeled: string[];
  const denied = new Set<string>();

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission: { name } }) => ({
          result: denied.has(name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
      authorizeConditional: async requests =>
        requests.map(({ permission: { name } }) => ({
          result: denied.has(name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    });
    rpm = await startRpmBackend({ knex, features: [permissions.factory] });
    zoo = await insertZoo(knex);
    const repository = hrefOf('repository', zoo.repository.uuid);
    const remote = await rpm.post('remotes/rpm/rpm/', {
      name: 'spring',
      url: 'https://packages.example/',
    });
    const served = await rpm.completed(
      await rpm.post('distributions/rpm/rpm/', {
        name: 'zoo',
        base_path: 'zoo',
        repository,
      }),
    );
    labeled = [
      repository,
      remote.body.pulp_href,
      served.created_resources[0],
      ...[zoo.packages[3], ...zoo.others].map(id => zoo.hrefs.get(id)!),
    ];
  });
  afterAll(() => rpm.stop());
  afterEach(() => denied.clear());

  const labelsOf = async (href: string) =>
    (await rpm.get(href)).body.pulp_labels;

  it('are set, changed and removed, of everything that has any', async () => {
    for (const href of labeled) {
      for (const value of ['dev', 'prod']) {
        const set = await rpm.post(`${href}set_label/`, { key: 'k', value });
        expect([href, set.status, set.body]).toEqual([
          href,
          201,
          { key: 'k', value },
        ]);
        expect(await labelsOf(href)).toEqual({ k: value });
      }
      const unset = await rpm.post(`${href}unset_label/`, { key: 'k' });
      expect([href, unset.status, unset.body]).toEqual([
        href,
        201,
        { key: 'k', value: 'prod' },
      ]);
      expect(await labelsOf(href)).toEqual({});
      const again = await rpm.post(`${href}unset_label/`, { key: 'k' });
      expect([again.status, again.body]).toEqual([
        400,
        ["Label 'k' is not set on the object."],
      ]);
    }
  });

  it('do not change when somebody may not change them', async () => {
    const set = (href: string) =>
      rpm.post(`${href}set_label/`, { key: 'k', value: 'v' });
    const [repository, remote, distribution, unit] = labeled;
    for (const [href, permissions] of [
      [repository, ['rpm.repository.update']],
      [remote, ['rpm.remote.update']],
      [distribution, ['rpm.repository.publish']],
      [unit, ['rpm.repository.modify', 'rpm.admin']],
    ] as const) {
      permissions.forEach(permission => denied.add(permission));
      expect([href, (await set(href)).status]).toEqual([href, 403]);
      denied.clear();
      expect(await labelsOf(href)).toEqual({});
    }
    denied.add('rpm.repository.read');
    expect((await set(unit)).status).toBe(404);
    denied.clear();
    const nothing = unit.replace(/[0-9a-f]{12}\/$/, '000000000000/');
    expect((await set(nothing)).status).toBe(404);
  });

  it('of a unit in no repository are set by administrators', async () => {
    const orphan = zoo.hrefs.get(zoo.packages[4])!;
    const set = () => rpm.post(`${orphan}set_label/`, { key: 'k', value: 'v' });
    denied.add('rpm.admin');
    expect((await set()).status).toBe(403);
    denied.clear();
    expect((await set()).status).toBe(201);
  });

  it.each([
    [{ key: 'a(', value: 'b' }, { key: ['Invalid label key.'] }],
    [
      { key: 'a', value: '(' },
      { value: ['Label values may not contain parentheses.'] },
    ],
    [
      { key: 'a'.repeat(256), value: '' },
      { key: ['Ensure this field has no more than 255 characters.'] },
    ],
    [{ value: 'b' }, { key: ['This field is required.'] }],
  ])('refuse %j', async (body, errors) => {
    const reply = await rpm.post(`${labeled[0]}set_label/`, body);
    expect([reply.status, reply.body]).toEqual([400, errors]);
  });

  it('select what has them', async () => {
    const names = ['duck 0.6', 'duck 0.7', 'duck 0.8', 'stork', 'outsider'];
    const [d6, d7, d8, stork] = zoo.packages.map(id => zoo.hrefs.get(id)!);
    const long = 'x'.repeat(5_000);
    for (const [href, key, value] of [
      [d6, 'stage', 'dev'],
      [d7, 'stage', 'Production'],
      [d8, 'stage', 'a,b'],
      [d8, 'team', long],
      [stork, 'team', `${long}y`],
    ]) {
      await rpm.post(`${href}set_label/`, { key, value });
    }
    const selected = async (select: string) => {
      const search = new URLSearchParams({ pulp_label_select: select });
      const { body } = await rpm.get(`content/rpm/packages/?${search}`);
      const found = body.results.map((item: any) => item.pulp_href);
      return names.filter((_, index) =>
        found.includes(zoo.hrefs.get(zoo.packages[index])),
      );
    };
    expect(await selected('stage')).toEqual(names.slice(0, 3));
    expect(await selected('!stage')).toEqual(names.slice(3));
    expect(await selected('stage=dev')).toEqual(['duck 0.6']);
    expect(await selected('stage!=dev')).toEqual(['duck 0.7', 'duck 0.8']);
    expect(await selected('stage~PROD')).toEqual(['duck 0.7']);
    expect(await selected('stage~%')).toEqual([]);
    expect(await selected('stage=a\\,b')).toEqual(['duck 0.8']);
    expect(await selected('stage,team')).toEqual(['duck 0.8']);
    expect(await selected(`team=${long}`)).toEqual(['duck 0.8']);
    expect(await selected('stage,!team,stage!=dev')).toEqual(['duck 0.7']);

    for (const [select, sentence] of [
      ['!a=b', "Cannot use an operator with '!a'."],
      ['stage,(a)', "Invalid search term: '(a)'."],
    ]) {
      const search = new URLSearchParams({ pulp_label_select: select });
      const refused = await rpm.get(`content/rpm/packages/?${search}`);
      expect([refused.status, refused.body]).toEqual([
        400,
        { pulp_label_select: [sentence] },
      ]);
    }
  });

  it('are found however they were written', async () => {
    const labels = { a: '1', 'b c': "it's" };
    const { body: remote } = await rpm.post('remotes/rpm/rpm/', {
      name: 'well',
      url: 'https://packages.example/',
      pulp_labels: labels,
    });
    const found = async (select: string) => {
      const search = new URLSearchParams({ pulp_label_select: select });
      return (await rpm.get(`remotes/?${search}`)).body.count;
    };
    expect(await found("a=1,b c=it's")).toBe(1);
    await rpm.patch(remote.pulp_href, { pulp_labels: { a: '2' } });
    expect([await found('a=1'), await found('a=2,!b c')]).toEqual([0, 1]);
    await rpm.delete(remote.pulp_href);
    expect(await found('a')).toBe(0);
    expect(await knex('remote_label').where({ key: 'a' })).toEqual([]);
  });
});

import type { Knex } from 'knex';
import { hrefOf, prnOf, versionHrefOf } from '../../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../../testing';
import { insertZoo, type Zoo } from '../../testing/zoo';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const LIST = 'http://localhost:7007/api/rpm/pulp/api/v3/content/rpm/packages/';

describe.each(databases.eachSupportedId())(
  'content lists on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let zoo: Zoo;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      zoo = await insertZoo(knex);
    });
    afterAll(() => rpm.stop());

    const list = (query: string) => rpm.get(`content/rpm/packages/?${query}`);
    const names = async (query: string) => {
      const reply = await list(`${query}&fields=name,version`);
      expect(reply.body).toMatchObject({ count: reply.body.results.length });
      return reply.body.results.map((pkg: any) => `${pkg.name} ${pkg.version}`);
    };
    const zooVersion = (number: number) =>
      versionHrefOf(zoo.repository.uuid, number);

    it('lists the newest first, and pages', async () => {
      const reply = await list('limit=2&offset=1&fields=name');
      expect(reply.body).toEqual({
        count: 5,
        next: `${LIST}?limit=2&offset=3&fields=name`,
        previous: `${LIST}?limit=2&offset=0&fields=name`,
        results: [{ name: 'stork' }, { name: 'duck' }],
      });
      const following = reply.body.next.replace(/^https?:\/\/[^/]*/, '');
      const last = await rpm.get(following);
      expect(last.body).toMatchObject({ count: 5, next: null });
      expect(last.body.results).toHaveLength(2);
      const version = await list(`limit=1&repository_version=${zooVersion(2)}`);
      expect(version.body.count).toBe(3);
      expect(version.body.results[0].name).toBe('stork');
    });

    it('tells what a version holds, added and removed', async () => {
      const version = zooVersion(2);
      expect(await names(`repository_version=${version}`)).toEqual([
        'stork 2',
        'duck 0.8',
        'duck 0.7',
      ]);
      expect(await names(`repository_version=${zooVersion(1)}`)).toEqual([
        'stork 2',
        'duck 0.7',
        'duck 0.6',
      ]);
      expect(await names(`repository_version=${zooVersion(0)}`)).toEqual([]);
      expect(await names(`repository_version_added=${version}`)).toEqual([
        'duck 0.8',
      ]);
      expect(await names(`repository_version_removed=${version}`)).toEqual([
        'duck 0.6',
      ]);
      expect(
        await names(
          `repository_version=${zooVersion(
            1,
          )}&repository_version_removed=${version}`,
        ),
      ).toEqual(['duck 0.6']);
    });

    it('takes a repository for its latest version, and PRNs for hrefs', async () => {
      const expected = ['stork 2', 'duck 0.8', 'duck 0.7'];
      for (const reference of [
        hrefOf('repository', zoo.repository.uuid),
        prnOf('repository', zoo.repository.uuid),
      ]) {
        expect(await names(`repository_version=${reference}`)).toEqual(
          expected,
        );
      }
      const { body: version } = await rpm.get(zooVersion(2));
      expect(await names(`repository_version=${version.prn}`)).toEqual(
        expected,
      );
      for (const [type, { href, count }] of Object.entries<any>(
        version.content_summary.present,
      )) {
        const reply = await rpm.get(href);
        expect([type, reply.body.count]).toEqual([type, count]);
        expect(reply.body.results).toHaveLength(count);
      }
    });

    it('lists content of all types together', async () => {
      const all = await rpm.get('content/');
      expect(all.body.count).toBe(zoo.packages.length + zoo.others.length);
      expect(Object.keys(all.body.results[0]).sort()).toEqual([
        'prn',
        'pulp_created',
        'pulp_href',
        'pulp_labels',
        'pulp_last_updated',
        'vuln_report',
      ]);
      const within = await rpm.get(
        `content/?limit=1&repository_version=${zooVersion(2)}`,
      );
      expect(within.body.count).toBe(3 + zoo.others.length);
      const typed = await rpm.get(
        `content/?pulp_type__in=rpm.advisory,rpm.modulemd&repository_version=${zooVersion(
          2,
        )}`,
      );
      expect(typed.body.results.map((unit: any) => unit.pulp_href)).toEqual([
        zoo.hrefs.get(zoo.others[1]),
        zoo.hrefs.get(zoo.others[0]),
      ]);
    });

    it.each([
      ['colour=red', { errors: ["Invalid Filter: 'colour'"] }],
      [
        'repository_version=nowhere',
        { repository_version: ['URI not valid: nowhere.'] },
      ],
      [
        'ordering=colour',
        {
          ordering: [
            'Select a valid choice. colour is not one of the available choices.',
          ],
        },
      ],
      ['limit=x', { limit: ['A valid integer is required.'] }],
    ])('refuses %s', async (query, body) => {
      const reply = await list(query);
      expect({ status: reply.status, body: reply.body }).toEqual({
        status: 400,
        body,
      });
    });

    it('is the same without the slash at its end', async () => {
      for (const href of [
        '/api/rpm/pulp/api/v3/content/rpm/packages/',
        zoo.hrefs.get(zoo.packages[0])!,
      ]) {
        const { status, body } = await rpm.get(href);
        const without = await rpm.get(href.slice(0, -1));
        expect([without.status, without.body]).toEqual([status, body]);
        expect(status).toBe(200);
      }
    });

    it('does not find what is not there, and changes nothing', async () => {
      const missing = hrefOf(
        'rpm.package',
        '01900000-0000-7000-8000-000000000000',
      );
      const notFound = await rpm.get(missing);
      expect(notFound.status).toBe(404);
      expect(notFound.body).toEqual({
        detail: 'No Package matches the given query.',
      });
      const uuid = zoo.hrefs.get(zoo.packages[0])!.split('/').at(-2)!;
      expect((await rpm.get(hrefOf('rpm.advisory', uuid))).status).toBe(404);
      expect((await rpm.get('content/rpm/packages/nonsense/')).status).toBe(
        404,
      );

      const version = zooVersion(17);
      const unknown = await list(`repository_version=${version}`);
      expect(unknown.status).toBe(400);
      expect(unknown.body).toEqual({
        repository_version: [`URI ${version} not found for repositoryversion.`],
      });

      const href = zoo.hrefs.get(zoo.packages[0])!;
      expect((await rpm.delete(href)).status).toBe(405);
      expect((await rpm.patch(href, { name: 'x' })).status).toBe(405);
      expect((await rpm.put(href, { name: 'x' })).status).toBe(405);
    });
  },
);

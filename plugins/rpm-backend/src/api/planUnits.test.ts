import type { Knex } from 'knex';
import { gunzipSync } from 'zlib';
import { PlanTester } from '../plan/testing/PlanTester';
import { createTestDatabases } from '../testing';
import {
  saveTestAdvisories,
  saveTestPackages,
  testCollection,
} from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

/** More than a piece of a stored list holds. */
const MANY = 2_300;

describe.each(databases.eachSupportedId())(
  'lists of plans on %p',
  databaseId => {
    let knex: Knex;
    let tester: PlanTester;
    let source: string;
    let destination: string;
    let plan: any;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      tester = await PlanTester.start(knex);
      source = await tester.repository('app lib base tool new');
      destination = await tester.repository('old', {
        retain_package_versions: 1,
      });
      plan = await tester.plan(source, destination, 'app tool new');
    });
    afterAll(() => tester.stop());

    const units = async (of: any, query = '') =>
      (await tester.rpm.get(`${of.pulp_href}units/?${query}`)).body;
    const told = async (of: any, query = '') =>
      (await units(of, query)).results.map(
        ({ label, change, cause, reason }: any) =>
          `${change} ${label.split('-').slice(0, 2).join('-')}: ${
            cause ?? reason
          }`,
      );

    it('have all units, each with why', async () => {
      const page = await units(plan);
      expect(page.count).toBe(7);
      expect(page.results).toEqual(
        expect.arrayContaining([
          {
            pulp_href: tester.driver.units.base,
            label: 'base-1.0-1.noarch',
            repository: destination,
            change: 'added',
            cause: 'dependency',
            reason: null,
            chain:
              'requested app-1.0-1.noarch → requires lib → lib-1.0-1.noarch → requires base → base-1.0-1.noarch',
            because_of: null,
          },
          {
            pulp_href: tester.driver.units.app,
            label: 'app-1.0-1.noarch',
            repository: destination,
            change: 'added',
            cause: 'requested',
            reason: null,
            chain: 'requested app-1.0-1.noarch',
            because_of: null,
          },
          {
            pulp_href: tester.driver.units.old,
            label: 'twin-1-1.noarch',
            repository: destination,
            change: 'removed',
            cause: null,
            reason: 'retention',
            chain: null,
            because_of: {
              pulp_href: tester.driver.units.new,
              label: 'twin-2-1.noarch',
            },
          },
        ]),
      );
    });

    it('are narrowed by what happens, why, and where', async () => {
      expect(await told(plan, 'change=removed,kept')).toEqual([
        'removed twin-1: retention',
        'kept twin-2: newest',
      ]);
      expect((await told(plan, 'cause=dependency')).sort()).toEqual([
        'added base-1.0: dependency',
        'added lib-1.0: dependency',
      ]);
      expect((await units(plan, `repository=${source}`)).count).toBe(0);
      expect((await units(plan, `repository=${destination}`)).count).toBe(7);
      const wrong = await tester.rpm.get(
        `${plan.pulp_href}units/?change=replaced`,
      );
      expect(wrong.status).toBe(400);
    });

    it('come in pages, which have links', async () => {
      const all = await told(plan);
      const paged: string[] = [];
      let next: string | null = `${plan.pulp_href}units/?limit=3`;
      while (next) {
        const { body } = await tester.rpm.get(
          next.replace(/^http:\/\/[^/]*/, ''),
        );
        expect(body.count).toBe(7);
        paged.push(
          ...body.results.map(({ change, label }: any) => `${change} ${label}`),
        );
        next = body.next;
      }
      expect(paged).toHaveLength(all.length);
      expect(new Set(paged)).toHaveProperty('size', 7);
      expect(await told(plan, 'limit=2&offset=3')).toEqual(all.slice(3, 5));
      expect(await told(plan, 'limit=2&offset=30')).toEqual([]);
    });

    it('have all that is missing', async () => {
      const { body } = await tester.rpm.get(
        `${plan.pulp_href}missing/?limit=1`,
      );
      expect(body).toMatchObject({ count: 2, results: [{ allowed: false }] });
      expect(body.next).toContain('offset=1');
      const { body: rest } = await tester.rpm.get(
        `${plan.pulp_href}missing/?offset=1`,
      );
      const [first, second] = [...body.results, ...rest.results];
      expect([first.required_by, second.required_by].sort()).toEqual([
        'app-1.0-1.noarch',
        'tool-1.0-1.noarch',
      ]);
      expect(first).toMatchObject({
        sentence: expect.stringContaining(first.requirement),
        chain: `requested ${first.required_by}`,
      });
    });

    it('are whole however long they are', async () => {
      const names = Array.from({ length: MANY }, (_, index) => `many${index}`);
      tester.driver.know(
        await saveTestPackages(
          knex,
          Object.fromEntries(names.map(name => [name, {}])),
        ),
      );
      const from = await tester.repository(names.join(' '));
      const to = await tester.repository();
      const whole = await tester.rpm.completed(
        await tester.rpm.post('rpm/copy/', {
          config: [
            { source_repo_version: `${from}versions/1/`, dest_repo: to },
          ],
          dry_run: true,
        }),
      );
      expect(whole.result.units).toHaveLength(100);
      const href = { pulp_href: whole.result.plan };
      const seen = new Set<string>();
      for (let offset = 0; offset < MANY; offset += 900) {
        const page = await units(href, `limit=900&offset=${offset}`);
        expect(page.count).toBe(MANY);
        for (const unit of page.results) seen.add(unit.pulp_href);
      }
      expect(seen.size).toBe(MANY);
      await tester.apply(href);
      const { body } = await tester.rpm.get(`${to}versions/1/`);
      expect(body.content_summary.present['rpm.package'].count).toBe(MANY);
    });

    it('name advisories that would be merged, which do not exist yet', async () => {
      const { one, two } = await saveTestAdvisories(knex, {
        one: { id: 'M-1', pkglist: [testCollection('c', 'a-1')] },
        two: {
          id: 'M-1',
          pkglist: [testCollection('d', 'b-1')],
        },
      });
      tester.driver.know({ one, two });
      const from = await tester.repository('two');
      const to = await tester.repository('one');
      const merging = await tester.plan(from, to, 'two');
      expect((await units(merging, 'cause=merged')).results).toEqual([
        expect.objectContaining({ pulp_href: null, label: 'M-1' }),
      ]);
      await tester.apply(merging);
      const { body } = await tester.rpm.get(
        `content/rpm/advisories/?repository_version=${to}versions/2/`,
      );
      expect(body.results[0].pkglist).toHaveLength(2);
    });

    it('can be solved again elsewhere', async () => {
      const { status, headers, body } = await tester.rpm
        .get(`${plan.pulp_href}problem/`)
        .buffer(true)
        .parse((res, done) => {
          const chunks: Buffer[] = [];
          res.on('data', chunk => chunks.push(chunk));
          res.on('end', () => done(null, Buffer.concat(chunks)));
        });
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('application/gzip');
      const lines = gunzipSync(body).toString().trim().split('\n');
      expect(lines.map(line => JSON.parse(line)).length).toBeGreaterThan(1);
    });
  },
);

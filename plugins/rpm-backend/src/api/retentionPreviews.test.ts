import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestModules, saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const UNKNOWN =
  '/api/rpm/pulp/api/v3/remotes/rpm/rpm/019bf000-0000-7000-8000-000000000001/';

describe.each(databases.eachSupportedId())(
  'previews of retention on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know({
        ...(await saveTestPackages(knex, {
          a: {},
          b: {},
          c: {},
          p1: { name: 'p', version: '1.9' },
          p2: { name: 'p', version: '1.10' },
          p3: { name: 'p', version: '2' },
          p4: { name: 'p', version: '3', release: '1.module' },
          s1: { name: 'p', version: '1', arch: 'src' },
        })),
        ...(await saveTestModules(knex, {
          m: { artifacts: ['p-0:3-1.module.noarch'] },
        })),
      });
    });
    afterAll(() => rpm.stop());

    async function distribute(serving: object): Promise<string> {
      const reply = await rpm.post('distributions/rpm/rpm/', {
        name: `distribution of ${JSON.stringify(serving)}`,
        base_path: `served/${Math.random()}`,
        ...serving,
      });
      return (await rpm.completed(reply)).created_resources[0];
    }
    async function publish(body: object): Promise<string> {
      const reply = await rpm.post('publications/rpm/rpm/', body);
      return (await rpm.completed(reply)).created_resources[0];
    }
    const state = async (repository: string) => ({
      settings: (await rpm.get(repository)).body,
      versions: (await rpm.get(`${repository}versions/`)).body,
      publications: (await rpm.get('publications/rpm/rpm/')).body,
    });

    /** What a dry run tells; nothing may have been written by it. */
    async function preview(repository: string, settings: object) {
      const before = await state(repository);
      const task = await rpm.completed(
        await rpm.patch(repository, { ...settings, dry_run: true }),
      );
      expect(await state(repository)).toEqual(before);
      expect(task.reserved_resources_record).toEqual([
        expect.stringMatching(/^shared:prn:/),
      ]);
      return task.result;
    }

    it('name the versions that would be deleted, and why others stay', async () => {
      const repository = await driver.example();
      await driver.change(repository, { add: 'b' });
      await driver.change(repository, { remove: 'a' });
      const at = (number: number) => `${repository}versions/${number}/`;
      const pointed = await distribute({
        publication: await publish({ repository_version: at(1) }),
      });
      const { versions } = await preview(repository, {
        retain_repo_versions: 2,
      });
      expect(versions).toMatchObject({
        removed: [
          { pulp_href: at(2), label: '2', reason: 'retention' },
          { pulp_href: at(0), label: '0', reason: 'retention' },
        ],
        removed_count: 2,
        kept_count: 3,
      });
      expect(versions.kept).toEqual([
        { pulp_href: at(4), label: '4', reason: 'newest', because_of: null },
        { pulp_href: at(3), label: '3', reason: 'newest', because_of: null },
        {
          pulp_href: at(1),
          label: '1',
          reason: 'distribution',
          because_of: { pulp_href: pointed, label: expect.any(String) },
        },
      ]);

      const done = await rpm.completed(
        await rpm.patch(repository, { retain_repo_versions: 2 }),
      );
      expect(done.result.versions).toEqual(versions);
      expect(await driver.numbers(repository)).toEqual([1, 3, 4]);
    });

    it('name the checkpoints that would be un-marked, which then need no version', async () => {
      const repository = await driver.create();
      const stamps: string[] = [];
      for (const unit of ['a', 'b', 'c']) {
        await driver.change(repository, { add: unit });
        const href = await publish({ repository, checkpoint: true });
        const [{ checkpoint_stamp: stamp }] = await knex('publication')
          .select('checkpoint_stamp')
          .where('uuid', href.split('/').at(-2)!);
        stamps.push(stamp);
      }
      await distribute({ repository, checkpoint: true });
      const { checkpoints, versions } = await preview(repository, {
        retain_checkpoints: 1,
        retain_repo_versions: 1,
      });
      const labels = (units: any[]) => units.map(({ label }) => label);
      expect(labels(checkpoints.removed)).toEqual([stamps[1], stamps[0]]);
      expect(checkpoints.kept).toMatchObject([
        { label: stamps[2], reason: 'newest' },
      ]);
      // Version 3 is needed for its checkpoint and counts for nothing, so 2 may stay.
      expect(versions.kept).toMatchObject([
        {
          label: '3',
          reason: 'checkpoint',
          because_of: { label: stamps[2] },
        },
        { label: '2', reason: 'newest', because_of: null },
      ]);
      expect(labels(versions.removed)).toEqual(['1', '0']);

      const done = await rpm.completed(
        await rpm.patch(repository, {
          retain_checkpoints: 1,
          retain_repo_versions: 1,
        }),
      );
      expect(done.result).toEqual({ checkpoints, versions });
      expect(await driver.numbers(repository)).toEqual([2, 3]);
    });

    it('name the packages that the next version would lose, and why others stay', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'a p1 p2 p3 p4 s1 m' });
      const result = await preview(repository, { retain_package_versions: 2 });
      const newest = {
        pulp_href: driver.units.p3,
        label: 'p-2-1.noarch',
      };
      expect(result).toMatchObject({
        dry_run: true,
        outcome: 'created',
        version: `${repository}versions/1/`,
        counts: { added: {}, removed: { 'rpm.package': 1 } },
        removed: [
          {
            pulp_href: driver.units.p1,
            label: 'p-1.9-1.noarch',
            reason: 'retention',
            because_of: newest,
          },
        ],
        kept_count: 3,
        versions: { removed: [], kept: [] },
        checkpoints: { removed: [], kept: [] },
      });
      expect(
        result.kept.map(({ label, reason }: any) => `${label} ${reason}`),
      ).toEqual([
        'p-3-1.module.noarch modular',
        'p-2-1.noarch newest',
        'p-1.10-1.noarch newest',
      ]);

      expect(
        await preview(repository, { retain_package_versions: 0 }),
      ).toMatchObject({ outcome: 'unchanged', kept: [], removed: [] });

      await rpm.completed(
        await rpm.patch(repository, { retain_package_versions: 2 }),
      );
      expect(await driver.latest(repository)).toBe(1);
      const { result: made } = await driver.change(repository, { add: 'b' });
      expect(made.consequences).toEqual(result.removed);
    });

    it('work with PUT and with settings that stay as they are', async () => {
      const repository = await driver.create({ name: 'put' });
      const task = await rpm.completed(
        await rpm.put(repository, { name: 'put', dry_run: true }),
      );
      expect(task.result).toMatchObject({
        dry_run: true,
        outcome: 'unchanged',
      });
      const reply = await rpm.patch(repository, { dry_run: false });
      expect(reply.status).toBe(200);
    });

    it.each([
      [
        { retain_repo_versions: 0 },
        {
          retain_repo_versions: [
            'Ensure this value is greater than or equal to 1.',
          ],
        },
      ],
      [
        { remote: UNKNOWN },
        { remote: ['Invalid hyperlink - Object does not exist.'] },
      ],
      [{ dry_run: 'x' }, { dry_run: ['Must be a valid boolean.'] }],
    ])('refuse %j as ever', async (settings, errors) => {
      const repository = await driver.create();
      const reply = await rpm.patch(repository, { dry_run: true, ...settings });
      expect({ status: reply.status, body: reply.body }).toEqual({
        status: 400,
        body: errors,
      });
    });

    it('are no setting of a new repository', async () => {
      const reply = await rpm.post('repositories/rpm/rpm/', {
        name: 'tried',
        dry_run: true,
      });
      expect(reply.body).toEqual({ dry_run: ['Unexpected field'] });
    });
  },
);

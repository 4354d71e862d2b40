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

describe.each(databases.eachSupportedId())('dry runs on %p', databaseId => {
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
        d: {},
        p1: { name: 'p', version: '1' },
        p2: { name: 'p', version: '2' },
        p3: { name: 'p', version: '3', release: '1.module' },
      })),
      ...(await saveTestModules(knex, {
        m: { artifacts: ['p-0:3-1.module.noarch'] },
      })),
      ...(await saveTestAdvisories(knex, {
        one: { id: 'A-1', pkglist: [testCollection('x', 'a-1')] },
        other: { id: 'A-1', pkglist: [testCollection('x', 'b-1')] },
      })),
    });
  });
  afterAll(() => rpm.stop());

  const tables = ['repository_version', 'repository_content', 'unit'];
  const rows = async () =>
    Promise.all(tables.map(table => knex(table).count('*')));

  /** What a dry run tells; nothing may have been written by it. */
  async function preview(repository: string, wanted: TestChange) {
    const before = await rows();
    const task = await driver.change(repository, { ...wanted, dry_run: true });
    expect(await rows()).toEqual(before);
    expect(task.created_resources).toEqual([]);
    return task.result;
  }
  const told = (units: any[]) =>
    units.map(({ label, reason }) => `${label} ${reason}`);

  it('tell what would come in and go, and why', async () => {
    const repository = await driver.example();
    const result = await preview(repository, {
      base: `${repository}versions/1/`,
      add: 'd',
      remove: 'a',
    });
    expect(result).toMatchObject({
      dry_run: true,
      outcome: 'created',
      version: `${repository}versions/2/`,
      counts: {
        added: { 'rpm.package': 2 },
        removed: { 'rpm.package': 2 },
        present: { 'rpm.package': 2 },
      },
      added_count: 2,
      removed_count: 2,
      kept_count: 0,
    });
    expect(told(result.added)).toEqual([
      'b-1.0-1.noarch base',
      'd-1.0-1.noarch requested',
    ]);
    expect(told(result.removed)).toEqual([
      'a-1.0-1.noarch requested',
      'c-1.0-1.noarch base',
    ]);
    expect(result.added[1].pulp_href).toBe(driver.units.d);
  });

  it('say when nothing would change', async () => {
    const repository = await driver.example();
    expect(await preview(repository, { add: 'a' })).toMatchObject({
      outcome: 'unchanged',
      version: `${repository}versions/2/`,
      counts: { added: {}, removed: {}, present: { 'rpm.package': 2 } },
    });
  });

  it('tell what retention would remove, refuse and spare', async () => {
    const repository = await driver.create({ retain_package_versions: 1 });
    await driver.change(repository, { add: 'p1 p3 m' });
    const result = await preview(repository, { add: 'p2' });
    expect(result.removed).toEqual([
      {
        pulp_href: driver.units.p1,
        label: 'p-1-1.noarch',
        reason: 'retention',
        because_of: { pulp_href: driver.units.p2, label: 'p-2-1.noarch' },
      },
    ]);
    expect(told(result.kept)).toEqual([
      'p-3-1.module.noarch modular',
      'p-2-1.noarch newest',
    ]);

    await driver.change(repository, { add: 'p2' });
    const refused = await preview(repository, { add: 'p1' });
    expect(refused.outcome).toBe('unchanged');
    expect(told(refused.rejected)).toEqual(['p-1-1.noarch retention']);
  });

  it('merge no advisories, but say that they would', async () => {
    const repository = await driver.create();
    await driver.change(repository, { add: 'one' });
    const result = await preview(repository, { add: 'other' });
    const merged = { pulp_href: null, label: 'A-1' };
    expect(result).toMatchObject({
      counts: { added: { 'rpm.advisory': 1 }, removed: { 'rpm.advisory': 1 } },
      added: [{ ...merged, reason: 'merged' }],
      removed: [{ pulp_href: driver.units.one, because_of: merged }],
      rejected: [{ pulp_href: driver.units.other, because_of: merged }],
      advisory_decisions: [
        {
          id: 'A-1',
          decision: 'merged',
          kept: merged,
          dropped: [
            { pulp_href: driver.units.one, label: 'A-1' },
            { pulp_href: driver.units.other, label: 'A-1' },
          ],
        },
      ],
    });
    const made = await driver.change(repository, { add: 'other' });
    expect(made.result.advisory_decisions).toEqual([
      {
        ...result.advisory_decisions[0],
        kept: {
          pulp_href: expect.stringContaining('/advisories/'),
          label: 'A-1',
        },
      },
    ]);
    // The merged one exists now; a dry run of the same elsewhere names it.
    const second = await driver.create();
    await driver.change(second, { add: 'one' });
    const again = await preview(second, { add: 'other' });
    expect(again.added[0]).toEqual({
      ...made.result.advisory_decisions[0].kept,
      reason: 'merged',
    });
  });

  it('fail as the change itself would', async () => {
    const repository = await driver.example();
    driver.know(
      await saveTestPackages(knex, { 'a again': { name: 'a', pkgId: '1' } }),
    );
    const task = await rpm.finished(
      await rpm.post(`${repository}modify/`, {
        add_content_units: [driver.units['a again']],
        overwrite: false,
        dry_run: true,
      }),
    );
    expect(task.error.description).toMatch(/^\[PLP0023\] .*a-1\.0-1\.noarch/);
  });

  it('reserve nothing for themselves alone', async () => {
    const repository = await driver.example();
    const task = await driver.change(repository, {
      base: `${repository}versions/1/`,
      dry_run: true,
    });
    expect(task.reserved_resources_record).toEqual([
      expect.stringMatching(/^shared:prn:/),
    ]);
  });
});

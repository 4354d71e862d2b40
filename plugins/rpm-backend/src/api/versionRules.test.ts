import type { Knex } from 'knex';
import type { DbPackageRow } from '../database/tables';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import {
  saveTestAdvisories,
  saveTestModules,
  saveTestPackages,
  testCollection,
} from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

/** What a version does besides what it was asked for. */
describe.each(databases.eachSupportedId())(
  'version rules on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(await saveTestPackages(knex, { a: {} }));
    });
    afterAll(() => rpm.stop());

    it('warns of units whose files are in the way of others', async () => {
      driver.know(
        await saveTestPackages(knex, {
          epoch0: { name: 'clock' },
          epoch1: { name: 'clock', epoch: '1' },
          other: {},
        }),
      );
      const repository = await driver.create();
      const before = await driver.change(repository, { add: 'a epoch0' });
      expect(before.result).toMatchObject({
        path_overlaps: [],
        path_overlap_count: 0,
      });
      const change = { add: 'epoch1' };
      const overlaps = {
        path_overlaps: [
          {
            path: 'clock-1.0-1.noarch.rpm',
            units: [
              { pulp_href: driver.units.epoch0, label: 'clock-1.0-1.noarch' },
              { pulp_href: driver.units.epoch1, label: 'clock-1:1.0-1.noarch' },
            ],
          },
        ],
        path_overlap_count: 1,
      };
      expect((await driver.change(repository, change)).result).toMatchObject({
        outcome: 'created',
        ...overlaps,
      });
      // It has been told.
      const after = await driver.change(repository, { add: 'other' });
      expect(after.result).toMatchObject({ path_overlap_count: 0 });
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
              artifacts: [
                'lib-0:1-1.module.noarch',
                'tool-0:1-1.module.noarch',
              ],
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
          task.result.consequences.map((unit: any) => [
            unit.label,
            unit.reason,
          ]),
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

      it('does not count what says itself that it is a module’s', async () => {
        driver.know(
          await saveTestPackages(knex, {
            labelled: { name: 'l', version: '3' },
            l1: { name: 'l', version: '1' },
            l2: { name: 'l', version: '2' },
          }),
        );
        await knex<DbPackageRow>('rpm_package')
          .where({ name: 'l', version: '3' })
          .update({ modularity_label: 'l:main:1:c0ffee' });
        const repository = await driver.create({ retain_package_versions: 1 });
        await driver.change(repository, { add: 'labelled l1 l2' });
        expect(await driver.content(repository, 1)).toBe('l2 labelled');
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
  },
);

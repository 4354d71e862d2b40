import type { Knex } from 'knex';
import { unpackFiles, unpackRelations } from '../../../content-units/packing';
import { createTestDatabases, testPackage } from '../../../testing';
import { applyDatabaseMigrations } from '../../migrations';
import { savePackages } from './savePackages';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'saving packages on %p',
  databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await applyDatabaseMigrations(knex);
    });

    it('stores what metadata says of a package', async () => {
      const requires = [{ name: 'b', flags: 'GE' as const, version: '2' }];
      const files = [{ type: 'file' as const, path: '/usr/bin/a' }];
      const [id] = await savePackages(knex, [
        testPackage({
          name: 'a',
          epoch: '1',
          requires,
          files,
          pkgId: 'AB'.repeat(32),
          description: 'cut\0 off\x1e?\n',
          locationHref: '../odd/place.rpm',
        }),
      ]);
      expect(await knex('unit').where({ id }).first()).toMatchObject({
        type: 'rpm.package',
        repo_key: 'a-1:1.0-1.noarch',
      });
      expect(
        await knex('rpm_package').where({ unit_id: id }).first(),
      ).toMatchObject({
        name: 'a',
        epoch: '1',
        pkg_id: 'ab'.repeat(32),
        description: 'cut off?\n',
        location_href: 'a-1.0-1.noarch.rpm',
      });
      const relations = await knex('rpm_package_relations')
        .where({ unit_id: id })
        .first();
      expect(unpackRelations(relations.requires)).toEqual(requires);
      const extras = await knex('rpm_package_extras')
        .where({ unit_id: id })
        .first();
      expect(unpackFiles(extras.files)).toEqual(files);
    });

    it('keeps the ten newest changelogs, oldest first', async () => {
      const [id] = await savePackages(knex, [
        testPackage({
          name: 'much-changed',
          changelogs: Array.from({ length: 12 }, (_, index) => ({
            author: `author ${index}`,
            time: 1_000_000 - index,
            text: 'change',
          })),
        }),
      ]);
      const { changelogs } = await knex('rpm_package_extras')
        .where({ unit_id: id })
        .first();
      expect(changelogs.match(/author \d+/g)).toEqual(
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map(index => `author ${index}`),
      );
    });

    it('answers in the order given, finding what exists and what comes twice', async () => {
      const packages = ['one', 'two', 'three'].map(name =>
        testPackage({ name }),
      );
      const [second] = await savePackages(knex, [packages[1]]);
      const ids = await savePackages(knex, [...packages, packages[0]]);
      expect(ids[1]).toBe(second);
      expect(ids[3]).toBe(ids[0]);
      expect(ids[2]).toBeGreaterThan(ids[0]);
      expect(new Set(ids).size).toBe(3);
      expect(await savePackages(knex, [])).toEqual([]);
    });

    it('tells packages of one NEVRA apart by their checksum', async () => {
      const packages = ['1', '2'].map(digit =>
        testPackage({ name: 'rebuilt', pkgId: digit.repeat(64) }),
      );
      const ids = await savePackages(knex, packages);
      expect(new Set(ids).size).toBe(2);
    });

    it('gives two that save the same packages at once the same units', async () => {
      const packages = Array.from({ length: 600 }, (_, index) =>
        testPackage({ name: 'shared', version: String(index) }),
      );
      const [forward, backward] = await Promise.all([
        savePackages(knex, packages),
        savePackages(knex, [...packages].reverse()),
      ]);
      expect(backward.reverse()).toEqual(forward);
      for (const table of [
        'rpm_package',
        'rpm_package_relations',
        'rpm_package_extras',
      ]) {
        const [{ count }] = await knex(table)
          .whereIn('unit_id', forward)
          .count({ count: '*' });
        expect(Number(count)).toBe(600);
      }
    });

    it('numbers new units in the order given', async () => {
      const ids = await savePackages(
        knex,
        Array.from({ length: 300 }, (_, index) =>
          testPackage({ name: 'ordered', version: String(index) }),
        ),
      );
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
    });
  },
);

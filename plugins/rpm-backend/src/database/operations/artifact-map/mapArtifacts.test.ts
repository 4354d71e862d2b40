import type { Knex } from 'knex';
import { createTestDatabases, testPackage } from '../../../testing';
import { testModule } from '../../../testing/units';
import { applyDatabaseMigrations } from '../../migrations';
import { saveModulemdDocuments, savePackages } from '../content-units';
import { readPending, mapArtifacts } from '.';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'the map of artifacts on %p',
  databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await applyDatabaseMigrations(knex);
    });

    const save = (...names: string[]) =>
      savePackages(
        knex,
        names.map(name => testPackage({ name })),
      );
    const saveModule = async (key: string, ...artifacts: string[]) => {
      const module = testModule(key, { artifacts });
      return (await saveModulemdDocuments(knex, [module]))[0];
    };
    const artifactsOf = (id: number): Promise<number[]> =>
      knex('modulemd_artifact_map')
        .where({ modulemd_id: id })
        .orderBy('artifact_id')
        .pluck('artifact_id');

    it('has a module with the packages that are there, and those that come later', async () => {
      const [one] = await save('one');
      const module = await saveModule(
        'later',
        'one-0:1.0-1.noarch',
        'two-0:1.0-1.noarch',
        'nonsense',
      );
      expect(await artifactsOf(module)).toEqual([one]);
      const [two] = await save('two');
      expect(await artifactsOf(module)).toEqual([one, two]);
      expect((await readPending(knex)).count).toBe(0);
    });

    it('looks at each part of a name', async () => {
      const exact = { name: 'exact', epoch: '1' };
      const [pkg, twin] = await savePackages(knex, [
        testPackage(exact),
        testPackage({ ...exact, pkgId: 'ab'.repeat(32) }),
        testPackage({ ...exact, epoch: '0' }),
        testPackage({ ...exact, version: '1.00' }),
        testPackage({ ...exact, release: '01' }),
        testPackage({ ...exact, arch: 'x86_64' }),
        testPackage({ ...exact, name: 'Exact' }),
      ]);
      const module = await saveModule('exact', 'exact-1:1.0-1.noarch');
      expect(await artifactsOf(module)).toEqual([pkg, twin]);
    });

    it('has a package with all modules that name it', async () => {
      const modules = [
        await saveModule('first', 'shared-0:1.0-1.noarch'),
        await saveModule('second', 'shared-0:1.0-1.noarch'),
      ];
      const [shared] = await save('shared');
      for (const module of modules) {
        expect(await artifactsOf(module)).toEqual([shared]);
      }
    });

    it('loses what goes with a unit', async () => {
      const [left, right] = await save('left', 'right');
      const names = ['left-0:1.0-1.noarch', 'right-0:1.0-1.noarch'];
      const module = await saveModule('stays', ...names);
      const gone = await saveModule('goes', ...names);
      await knex('unit').whereIn('id', [left, gone]).delete();
      expect(await artifactsOf(module)).toEqual([right]);
      expect(await artifactsOf(gone)).toEqual([]);
    });

    it('is completed by whoever finds a unit that nobody has mapped yet', async () => {
      const [lost] = await save('lost');
      const module = await saveModule('finder', 'lost-0:1.0-1.noarch');
      // As if who created it had died before it was mapped.
      await knex('modulemd_artifact_map').where({ artifact_id: lost }).delete();
      await knex('modulemd_map_pending').insert({ unit_id: lost });
      await save('lost');
      expect(await artifactsOf(module)).toEqual([lost]);
      expect((await readPending(knex)).count).toBe(0);
    });

    it('takes any number of units, in any order and more than once', async () => {
      const names = Array.from({ length: 1_200 }, (_, index) => `many${index}`);
      const module = await saveModule(
        'many',
        ...names.map(name => `${name}-0:1.0-1.noarch`),
      );
      const ids = await save(...names);
      await mapArtifacts(knex, [module, ...ids].reverse());
      expect(await artifactsOf(module)).toEqual([...ids].sort((a, b) => a - b));
    });
  },
);

import type { Knex } from 'knex';
import { applyDatabaseMigrations } from '../database/migrations';
import { mapArtifacts, readPending } from '../database/operations/artifact-map';
import {
  saveModulemdDocuments,
  savePackages,
} from '../database/operations/content-units';
import { deleteOrphans, ORPHAN_UNITS } from '../database/operations/orphans';
import { createTestDatabases, testPackage } from '../testing';
import { testModule } from '../testing/units';
import { mapFromScratch, readMap } from './testing/mapFromScratch';

jest.setTimeout(120_000);

const ROUNDS = 20;
const NAMES = Array.from({ length: 12 }, (_, index) => `bird${index}`);

// SQLite has one writer, so that nothing comes at the same moment.
const databases = createTestDatabases();
const postgres = databases.eachSupportedId().filter(([id]) => /^POST/.test(id));
(postgres.length ? describe.each(postgres) : describe.skip.each([['none']]))(
  'the map of artifacts with many writers on %p',
  databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId as any);
      await applyDatabaseMigrations(knex);
    });

    const save = (names: readonly string[], build = 0) =>
      savePackages(
        knex,
        names.map(name =>
          testPackage({
            name,
            ...(build && { pkgId: `${build}`.padStart(64, 'b') + name }),
          }),
        ),
      );
    const saveModules = (key: string, names: readonly string[]) =>
      saveModulemdDocuments(
        knex,
        ['one', 'two'].map(each =>
          testModule(`${each}-${key}`, {
            artifacts: names.map(name => `${name}-0:1.0-1.noarch`),
          }),
        ),
      );
    const remove = (trx: Knex.Transaction, ids: readonly number[]) =>
      deleteOrphans(trx, ORPHAN_UNITS, ids, '9999');
    const waiting = async () => {
      for (;;) {
        const { rows } = await knex.raw(
          'select count(*) from pg_locks where not granted',
        );
        if (Number(rows[0].count)) return;
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    };
    const expectWholeMap = async () => {
      expect(await readMap(knex)).toEqual(await mapFromScratch(knex));
      expect((await readPending(knex)).count).toBe(0);
    };

    it('misses nothing and keeps nothing too long, whoever comes first', async () => {
      let previous: number[] = [];
      let most = 0;
      for (let round = 1; round <= ROUNDS; round += 1) {
        const gone = previous;
        const [one, other, again, modules] = await Promise.all([
          save(NAMES, round),
          save([...NAMES].reverse(), round),
          save(NAMES.slice(0, 3)),
          saveModules(`${round}`, NAMES),
          knex.transaction(trx => remove(trx, gone)),
        ]);
        previous = [...one, ...other, ...again, ...modules];
        await expectWholeMap();
        most = Math.max(most, (await readMap(knex)).length);
      }
      expect(most).toBeGreaterThanOrEqual(2 * NAMES.length);
    });

    it('does without a unit that is deleted meanwhile', async () => {
      const [pkg] = await save(['fleeting']);
      const deleting = await knex.transaction();
      await remove(deleting, [pkg]);
      const saving = saveModules('late', ['fleeting']);
      await waiting();
      await deleting.commit();
      const [module] = await saving;
      expect((await readMap(knex)).join()).not.toContain(`${module} has`);
      await expectWholeMap();
    });

    it('keeps a unit from being deleted while it is mapped, and keeps no clean-up waiting', async () => {
      const [module] = await saveModules('held', ['held']);
      const [pkg] = await save(['held']);
      const mapping = await knex.transaction();
      await mapping('modulemd_map_pending').insert({ unit_id: module });
      await mapArtifacts(mapping, [module]);
      const deleted = await knex.transaction(trx => remove(trx, [module, pkg]));
      expect(deleted).toEqual([]);
      await mapping.commit();
      await expectWholeMap();
    });
  },
);

import type { Knex } from 'knex';
import { createTestDatabases, insertTestRepository } from '../../../testing';
import { insertTestVersion, testPackage } from '../../../testing';
import { applyDatabaseMigrations } from '../../migrations';
import { savePackages, touchUnits } from '../content-units';
import {
  deleteOrphans,
  iterateOrphans,
  ORPHAN_ARTIFACTS,
  ORPHAN_UNITS,
} from '.';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const EVER = '9999';

/** `table.column` of what refers to a table and is not deleted with its rows. */
async function listHolders(knex: Knex, target: string): Promise<string[]> {
  if (knex.client.config.client === 'pg') {
    const { rows } = await knex.raw(
      `select conrelid::regclass::text as name from pg_constraint
       where contype = 'f' and confrelid = ?::regclass and confdeltype <> 'c'`,
      [target],
    );
    return rows.map(({ name }: any) => name);
  }
  const tables = await knex('sqlite_master')
    .where({ type: 'table' })
    .pluck('name');
  const holders: string[] = [];
  for (const table of tables) {
    const keys = await knex.raw(`pragma foreign_key_list("${table}")`);
    for (const key of keys) {
      if (key.table === target && key.on_delete !== 'CASCADE') {
        holders.push(table);
      }
    }
  }
  return holders;
}

describe.each(databases.eachSupportedId())('orphans on %p', databaseId => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
  });

  const save = async (name: string) =>
    (await savePackages(knex, [testPackage({ name })]))[0];
  const remove = (trx: Knex.Transaction, id: number) =>
    deleteOrphans(trx, ORPHAN_UNITS, [id], EVER);
  const exists = async (id: number) =>
    (await knex('unit').where({ id })).length === 1;

  it('are held by all that does not go with them', async () => {
    const units = await listHolders(knex, 'unit');
    // Membership goes with a unit, so that its loss would be silent.
    expect([...units, 'repository_content'].sort()).toEqual(
      [...ORPHAN_UNITS.holders].sort(),
    );
    expect((await listHolders(knex, 'artifact')).sort()).toEqual(
      [...ORPHAN_ARTIFACTS.holders].sort(),
    );
  });

  it('are looked at again when they are deleted', async () => {
    const id = await save('held since');
    const found: number[] = [];
    for await (const ids of iterateOrphans(knex, ORPHAN_UNITS, EVER)) {
      found.push(...ids);
    }
    expect(found).toContain(id);
    const repository = await insertTestRepository(knex, 'holder');
    await insertTestVersion(knex, repository.id, { add: [id] });
    expect(await knex.transaction(trx => remove(trx, id))).toEqual([]);
    expect(await exists(id)).toBe(true);
  });

  it('stay when somebody has wanted them since', async () => {
    const id = await save('wanted since');
    const before = new Date().toISOString();
    await knex('unit').where({ id }).update({ created_at: '2020' });
    expect(await touchUnits(knex, [id])).toEqual(new Set([id]));
    const deleted = await knex.transaction(trx =>
      deleteOrphans(trx, ORPHAN_UNITS, [id], before),
    );
    expect(deleted).toEqual([]);
  });

  it('are named by who wants them and they are gone', async () => {
    const id = await save('gone');
    await knex.transaction(trx => remove(trx, id));
    expect(await touchUnits(knex, [id])).toEqual(new Set());
    expect(await save('gone')).not.toBe(id);
  });
});

// SQLite has one writer, so that nothing happens between the look and the deletion.
const postgres = databases.eachSupportedId().filter(([id]) => /^POST/.test(id));
(postgres.length ? describe.each(postgres) : describe.skip.each([['none']]))(
  'orphans that somebody wants at the same moment on %p',
  databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId as any);
      await applyDatabaseMigrations(knex);
    });

    const save = async (name: string) =>
      (await savePackages(knex, [testPackage({ name })]))[0];
    const remove = (trx: Knex.Transaction, id: number) =>
      deleteOrphans(trx, ORPHAN_UNITS, [id], EVER);
    const waiting = async () => {
      for (;;) {
        const { rows } = await knex.raw(
          'select count(*) from pg_locks where not granted',
        );
        if (Number(rows[0].count)) return;
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    };

    it('stay, when the membership is not committed yet', async () => {
      const id = await save('just added');
      const repository = await insertTestRepository(knex, 'adds');
      const adding = await knex.transaction();
      await adding('repository_content').insert({
        repository_id: repository.id,
        unit_id: id,
        unit_type: 'rpm.package',
        version_added: 1,
      });
      expect(await knex.transaction(trx => remove(trx, id))).toEqual([]);
      await adding.commit();
      expect(
        await knex('repository_content').where({ unit_id: id }),
      ).toHaveLength(1);
    });

    it('are not added, when they are deleted first; that is told, and nothing written', async () => {
      const id = await save('just deleted');
      const other = await save('other');
      const repository = await insertTestRepository(knex, 'comes late');
      const deleting = await knex.transaction();
      expect(await remove(deleting, id)).toEqual([{ id }]);
      const added = insertTestVersion(knex, repository.id, {
        add: [other, id],
      }).catch(error => error);
      await waiting();
      await deleting.commit();
      expect((await added).message).toBe(
        'A content unit does not exist any more.',
      );
      expect(
        await knex('repository_content').where({
          repository_id: repository.id,
        }),
      ).toEqual([]);
    });

    it('are made anew by who saves them while they are deleted', async () => {
      const id = await save('saved again');
      const deleting = await knex.transaction();
      await remove(deleting, id);
      const saved = save('saved again');
      await waiting();
      await deleting.commit();
      expect(await saved).not.toBe(id);
      expect(await knex('unit').where({ id: await saved })).toHaveLength(1);
    });

    it('do not keep others waiting', async () => {
      const [one, two] = [await save('one'), await save('two')];
      const holding = await knex.transaction();
      await holding('unit').where({ id: one }).update({ labels_json: '{}' });
      const deleted = await knex.transaction(trx =>
        deleteOrphans(trx, ORPHAN_UNITS, [one, two], EVER),
      );
      expect(deleted).toEqual([{ id: two }]);
      await holding.rollback();
    });
  },
);

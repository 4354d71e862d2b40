import { createTestDatabases } from '../../../testing';
import { insertTestRepository } from '../../../testing/repositories';
import { applyDatabaseMigrations } from '../../migrations';
import { deleteRepository } from './deleteRepository';
import { toRepositoryRecords } from './repositoryRows';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('repositories on %p', databaseId => {
  it('that are deleted while a list is read are left out of it', async () => {
    const knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
    const kept = await insertTestRepository(knex, 'kept');
    const deleted = await insertTestRepository(knex, 'deleted');
    const rows = await knex('repository').orderBy('id');
    await knex.transaction(trx => deleteRepository(trx, deleted.id));
    expect(await toRepositoryRecords(knex, rows)).toEqual([kept]);
  });
});

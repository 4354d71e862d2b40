import type { Knex } from 'knex';
import {
  createTestDatabases,
  insertTestRepository,
  insertTestVersion,
  testPackage,
} from '../testing';
import { testModule } from '../testing/units';
import { mapPending } from '../modulemd-map';
import { applyDatabaseMigrations, MIGRATIONS } from './migrations';
import {
  saveModulemdDocuments,
  savePackages,
} from './operations/content-units';
import { saveReport } from './operations/installability';
import { insertRemote } from './operations/remotes';
import { insertTask } from './operations/tasks';
import {
  insertChunk,
  insertUpload,
  recordUnitUploader,
} from './operations/uploads';

jest.setTimeout(60_000);

const databases = createTestDatabases();

async function tableNames(knex: Knex): Promise<string[]> {
  const rows =
    knex.client.config.client === 'pg'
      ? await knex('information_schema.tables')
          .where('table_schema', 'public')
          .select('table_name as name')
      : await knex('sqlite_master').where('type', 'table').select('name');
  return rows
    .map(row => row.name)
    .filter(name => !/^(knex_|sqlite_)/.test(name))
    .sort();
}

describe.each(databases.eachSupportedId())('migrations on %p', databaseId => {
  it('go up, and down again with rows in the tables', async () => {
    const knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
    const tables = await tableNames(knex);
    expect(tables).toContain('repository_content');

    await insertRemote(
      knex,
      {
        name: 'one',
        url: 'https://packages.example/',
        policy: 'immediate',
        labels: {},
        settings: {},
        secrets: {},
        owner: undefined,
        entity: undefined,
      },
      'user:default/somebody',
    );
    await knex.transaction(trx =>
      insertTask(trx, {
        name: 'any',
        input: {},
        reservations: { exclusive: ['prn:a'], shared: ['prn:b'] },
        createdBy: undefined,
      }),
    );

    const upload = await insertUpload(knex, 5, 'user:default/somebody');
    await knex.transaction(trx =>
      insertChunk(trx, upload.id, { offset: 0, size: 5, fileName: 'piece' }),
    );
    const [unitId] = await savePackages(knex, [testPackage({ name: 'one' })]);
    await saveModulemdDocuments(knex, [
      testModule('any', { artifacts: ['one-0:1.0-1.noarch'] }),
      {
        kind: 'unknown',
        documentType: 'any',
        snippet: '---\ndocument: any\n...',
        digest: 'any',
      },
    ]);
    await recordUnitUploader(knex, unitId, 'user:default/somebody');
    const repository = await insertTestRepository(knex, 'one');
    const version = await insertTestVersion(knex, repository.id, {
      add: [unitId],
    });
    await knex.transaction(trx =>
      saveReport(
        trx,
        {
          versionId: version.id,
          question: '',
          computedAt: version.createdAt,
          architectures: ['noarch'],
          packageCount: 1,
          brokenCount: 1,
          rowCount: 1,
          parts: [{ count: 1, content: Buffer.from('any') }],
        },
        1_000,
      ),
    );

    await knex.migrate.rollback({ directory: MIGRATIONS }, true);
    expect(await tableNames(knex)).toEqual([]);
    await applyDatabaseMigrations(knex);
    expect(await tableNames(knex)).toEqual(tables);
  });

  it('leave the modules that are there to be mapped to their artifacts', async () => {
    const knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
    const [packageId] = await savePackages(knex, [
      testPackage({ name: 'one' }),
    ]);
    const [moduleId] = await saveModulemdDocuments(knex, [
      testModule('any', { artifacts: ['one-0:1.0-1.noarch'] }),
    ]);
    while (await knex.schema.hasTable('modulemd_artifact_map')) {
      await knex.migrate.down({ directory: MIGRATIONS });
    }
    await applyDatabaseMigrations(knex);
    await mapPending(knex);
    expect(await knex('modulemd_artifact_map')).toEqual([
      { modulemd_id: moduleId, artifact_id: packageId },
    ]);
  });
});

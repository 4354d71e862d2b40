import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { applyDatabaseMigrations } from '../../database/migrations';
import { savePackages } from '../../database/operations/content-units';
import {
  createTestDatabases,
  insertTestRepository,
  insertTestVersion,
  testPackage,
} from '../../testing';
import { DEFAULT_VERSION_RULES, VersionHooks } from '../../repository';
import { testSolver } from '../../solving/testing/testSolver';
import type { TaskContext } from '../../tasks/types';
import { ThreadPool } from '../../workers';
import { copyHandler } from './copyContent';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('copy task on %p', databaseId => {
  let knex: Knex;
  let threads: ThreadPool;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
    threads = new ThreadPool({ logger: mockServices.logger.mock() });
  });
  afterAll(() => threads.close());

  it.each(['copy.loading', 'copy.solving'])(
    'writes nothing when it is cancelled at %s',
    async stage => {
      const units = await savePackages(
        knex,
        ['a', 'b'].map(name => testPackage({ name })),
      );
      const source = await insertTestRepository(knex, `source ${stage}`);
      const version = await insertTestVersion(knex, source.id, { add: units });
      const destination = await insertTestRepository(knex, `dest ${stage}`);

      const abort = new AbortController();
      const commit = jest.fn();
      const context: TaskContext = {
        taskId: 1,
        createdBy: undefined,
        logger: mockServices.logger.mock(),
        signal: abort.signal,
        progress: code => {
          if (code === stage) abort.abort(new Error('Canceled.'));
          return { advance() {}, setTotal() {}, finish() {} };
        },
        commit,
      };
      const handle = copyHandler({
        knex,
        solver: testSolver({ knex, threads }).solver,
        hooks: new VersionHooks({ knex }),
        rules: DEFAULT_VERSION_RULES,
        auditor: mockServices.auditor.mock(),
        planKeepDays: 30,
      });
      await expect(
        handle(context, {
          dependencySolving: true,
          dependencyUpgrade: false,
          weakDependencies: false,
          sourceRequires: false,
          modularPackages: 'with-module',
          onMissing: 'warn',
          allowMissing: [],
          dryRun: false,
          entries: [
            { sourceVersionId: version.id, destinationId: destination.id },
          ],
        }),
      ).rejects.toThrow();
      expect(commit).not.toHaveBeenCalled();
      expect(
        await knex('repository_version').where({
          repository_id: destination.id,
        }),
      ).toHaveLength(1);
    },
  );
});

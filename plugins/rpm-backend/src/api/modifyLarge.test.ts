import type { Knex } from 'knex';
import { hrefOf } from '../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'changes of many units on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      driver = new RepositoryDriver({ rpm, knex });
    });
    afterAll(() => rpm.stop());

    it('are made of 100,000 hrefs in one body', async () => {
      const type = 'rpm.modulemd_obsolete';
      const prefix = '019bf000-0000-7000-8000-';
      const asUuid = databaseId === 'SQLITE_3' ? '' : '::uuid';
      await knex.raw(
        `insert into unit (uuid, type, digest, created_at)
         with recursive n(i) as (
           select 1 union all select i + 1 from n where i < 100000
         )
         select ('${prefix}' || substr(cast(1000000000000 + i as text), 2))${asUuid},
           '${type}', cast(i as text), '2024-01-01T00:00:00.000000Z'
         from n`,
      );
      const hrefs = Array.from({ length: 100_000 }, (_, index) =>
        hrefOf(type, prefix + String(index + 1).padStart(12, '0')),
      );
      const repository = await driver.create();
      const modify = async (body: object) =>
        rpm.completed(await rpm.post(`${repository}modify/`, body));
      const added = await modify({ add_content_units: hrefs });
      expect(added.result.counts.added).toEqual({ [type]: 100_000 });
      const removed = await modify({
        remove_content_units: hrefs.slice(1),
        dry_run: true,
      });
      expect(removed.result.counts).toEqual({
        added: {},
        removed: { [type]: 99_999 },
        present: { [type]: 1 },
      });
      const { body } = await rpm.get(`${repository}versions/1/`);
      expect(body.inputs).toMatchObject({ add_count: 100_000 });
      expect(body.inputs.add_content_units).toHaveLength(100);
    });
  },
);

import type { Knex } from 'knex';
import { applyDatabaseMigrations } from '../database/migrations';
import { readPending } from '../database/operations/artifact-map';
import {
  saveModulemdDocuments,
  savePackages,
} from '../database/operations/content-units';
import {
  createTestDatabases,
  startRpmBackend,
  testPackage,
  type RpmTestBackend,
} from '../testing';
import { saveTestModules, testModule } from '../testing/units';
import { BACKFILL_TASK, backfillHandler, mapPending } from '.';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const MODULES = 120;

/** What handlers need of a task when only the database counts. */
function bareContext(signal = new AbortController().signal): any {
  const reported = { total: 0, done: 0 };
  return {
    signal,
    reported,
    progress: () => ({
      advance: (by: number) => {
        reported.done += by;
      },
      setTotal: (total: number) => {
        reported.total = total;
      },
      finish() {},
    }),
  };
}

describe.each(databases.eachSupportedId())(
  'the back-fill of the map on %p',
  databaseId => {
    let knex: Knex;
    let moduleIds: number[];

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await applyDatabaseMigrations(knex);
      await savePackages(
        knex,
        Array.from({ length: MODULES }, (_, index) =>
          testPackage({ name: `p${index}` }),
        ),
      );
      moduleIds = await saveModulemdDocuments(
        knex,
        Array.from({ length: MODULES }, (_, index) =>
          testModule(`m${index} one`, {
            artifacts: [`p${index}-0:1.0-1.noarch`, 'shared-0:1.0-1.noarch'],
          }),
        ),
      );
      await savePackages(knex, [testPackage({ name: 'shared' })]);
    });

    const countRows = async () =>
      Number(
        (await knex('modulemd_artifact_map').count({ count: '*' }).first())!
          .count,
      );

    /** As the migration leaves a database of an older release. */
    const forget = async () => {
      await knex('modulemd_artifact_map').delete();
      await knex('modulemd_map_pending').insert(
        moduleIds.map(id => ({ unit_id: id })),
      );
    };

    it('finds every row from the side of the modules, and tells how far it is', async () => {
      await forget();
      const context = bareContext();
      expect(await backfillHandler({ knex })(context, {})).toEqual({
        result: { mapped: MODULES },
      });
      expect(context.reported).toEqual({ total: MODULES, done: MODULES });
      expect(await countRows()).toBe(2 * MODULES);
      expect(await readPending(knex)).toEqual({ count: 0, lastId: undefined });
    });

    it('keeps what it has done when it is cancelled, and goes on from there', async () => {
      await forget();
      const cancelled = new AbortController();
      await expect(
        mapPending(knex, {
          signal: cancelled.signal,
          onMapped: () => cancelled.abort(),
        }),
      ).rejects.toThrow();
      const { count } = await readPending(knex);
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThan(MODULES);
      expect(await countRows()).toBe(2 * (MODULES - count));

      expect(await backfillHandler({ knex })(bareContext(), {})).toEqual({
        result: { mapped: count },
      });
      expect(await countRows()).toBe(2 * MODULES);
    });

    it('may be done by several at once', async () => {
      await forget();
      await Promise.all([mapPending(knex), mapPending(knex)]);
      expect(await countRows()).toBe(2 * MODULES);
      expect((await readPending(knex)).count).toBe(0);
    });

    it('is queued when the backend starts and something is pending', async () => {
      await forget();
      const backend = await startRpmBackend({ knex });
      try {
        const task = await endOf(backend);
        expect(task).toMatchObject({
          state: 'completed',
          result: { mapped: MODULES },
          progress_reports: [
            {
              code: 'modulemd-map.backfill',
              state: 'completed',
              total: MODULES,
              done: MODULES,
            },
          ],
        });
        expect(await countRows()).toBe(2 * MODULES);
      } finally {
        await backend.stop();
      }
    });

    it('is waited for by whoever decides by the map', async () => {
      const backend = await startRpmBackend({ knex });
      try {
        const hrefs = await saveTestModules(knex, {
          owner: { artifacts: ['owned-0:1.0-1.noarch'] },
        });
        const [owned] = await savePackages(knex, [
          testPackage({ name: 'owned' }),
        ]);
        const repository = await backend.post('repositories/rpm/rpm/', {
          name: 'decides',
        });
        const modify = (body: object) =>
          backend
            .post(`${repository.body.pulp_href}modify/`, body)
            .then(backend.completed);
        const { uuid } = await knex('unit').where({ id: owned }).first();
        await modify({
          add_content_units: [hrefs.owner, `prn:rpm.package:${uuid}`],
        });
        const rows = knex('modulemd_artifact_map').where({
          artifact_id: owned,
        });
        const { modulemd_id: owner } = await rows.clone().first();
        await rows.delete();
        await knex('modulemd_map_pending').insert({ unit_id: owner });
        // The package leaves with its module, for the map says that it belongs to it.
        await modify({ remove_content_units: [hrefs.owner] });
        const { body } = await backend.get(repository.body.pulp_href);
        const version = await backend.get(body.latest_version_href);
        expect(version.body.content_summary.present).toEqual({});
      } finally {
        await backend.stop();
      }
    });

    async function endOf(backend: RpmTestBackend) {
      const end = Date.now() + 30_000;
      for (;;) {
        const { body } = await backend.get(`tasks/?name=${BACKFILL_TASK}`);
        const [task] = body.results;
        if (task?.finished_at) return (await backend.get(task.pulp_href)).body;
        if (Date.now() > end) throw new Error('No back-fill has ended');
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    }
  },
);

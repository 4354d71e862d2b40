import type { Knex } from 'knex';
import type { DbTaskReservationRow } from '../database/tables';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

/** What several calls on one repository come to that nobody waits between. */
describe.each(databases.eachSupportedId())(
  'changes at the same time on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(
        await saveTestPackages(knex, {
          a: {},
          b: {},
          c: {},
          d: {},
          p1: { name: 'p', version: '1' },
          twin: { name: 'p', version: '1', pkgId: 'f'.repeat(64) },
        }),
      );
    });
    afterAll(() => rpm.stop());

    const deleteVersion = (repository: string, number: number) =>
      rpm.delete(`${repository}versions/${number}/`);

    it('happen in the order of the calls', async () => {
      const repository = await driver.create();
      const replies = [
        await driver.modify(repository, { add: 'a b' }),
        await driver.modify(repository, { remove: 'a' }),
        await driver.modify(repository, { add: 'a' }),
        await driver.modify(repository, { remove: 'b', add: 'c' }),
      ];
      const tasks = await Promise.all(
        replies.map(reply => rpm.completed(reply)),
      );
      expect(tasks.map(task => task.result.number)).toEqual([1, 2, 3, 4]);
      const contents = [1, 2, 3, 4].map(number =>
        driver.content(repository, number),
      );
      expect(await Promise.all(contents)).toEqual(['a b', 'b', 'a b', 'a c']);
    });

    it('use the base version before it is deleted', async () => {
      const repository = await driver.example();
      const modify = await driver.modify(repository, {
        base: `${repository}versions/1/`,
        add: 'd',
      });
      await rpm.completed(await deleteVersion(repository, 1));
      await rpm.completed(modify);
      expect(await driver.numbers(repository)).toEqual([0, 2, 3]);
      expect(await driver.content(repository, 3)).toBe('a b d');
    });

    it('fail when the base version was deleted before', async () => {
      const repository = await driver.example();
      const base = `${repository}versions/1/`;
      // Both calls are taken before either is carried out.
      const block = await hold(repository);
      const deleted = await deleteVersion(repository, 1);
      const modify = await driver.modify(repository, { base, add: 'd' });
      await block.release();
      await rpm.completed(deleted);
      const task = await rpm.finished(modify);
      expect(task.error.description).toBe(
        '[PLP0005] The base version does not exist any more.',
      );
      expect(await driver.numbers(repository)).toEqual([0, 2]);
      expect(await driver.content(repository, 2)).toBe('a c');
    });

    it('follow what is then the latest version when that is deleted', async () => {
      const repository = await driver.example();
      const block = await hold(repository);
      const deleted = await deleteVersion(repository, 2);
      const modify = await driver.modify(repository, { add: 'd' });
      await block.release();
      await rpm.completed(deleted);
      await rpm.completed(modify);
      expect(await driver.numbers(repository)).toEqual([0, 1, 3]);
      expect(await driver.content(repository, 3)).toBe('a b d');
      expect(await driver.counts(`${repository}versions/3/`)).toBe('1 / 0 / 3');
    });

    it('that fail leave no version and use no number', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'p1' });
      const replies = [
        await driver.modify(repository, { add: 'a' }),
        await driver.modify(repository, { add: 'twin', overwrite: false }),
        await driver.modify(repository, { add: 'b' }),
        await driver.modify(repository, { add: 'b' }),
        await driver.modify(repository, { add: 'c' }),
      ];
      const tasks = await Promise.all(
        replies.map(reply => rpm.finished(reply)),
      );
      expect(
        tasks.map(task => task.result?.number ?? task.error.description),
      ).toEqual([
        2,
        '[PLP0023] Content overwrite rejected: p-1-1.noarch would be replaced.',
        3,
        3,
        4,
      ]);
      expect(await driver.numbers(repository)).toEqual([0, 1, 2, 3, 4]);
      expect(await driver.content(repository, 4)).toBe('a b c p1');
    });

    it('never use a number again', async () => {
      const repository = await driver.create();
      for (const unit of ['a', 'b', 'c']) {
        await driver.change(repository, { add: unit });
        await rpm.completed(
          await deleteVersion(repository, await driver.latest(repository)),
        );
      }
      await driver.change(repository, { add: 'd' });
      expect(await driver.numbers(repository)).toEqual([0, 4]);
      expect(await driver.content(repository, 4)).toBe('d');
    });

    it('report how much came in and went', async () => {
      const repository = await driver.example();
      const task = await driver.change(repository, { remove: '*', add: 'a d' });
      expect(
        task.progress_reports.map(({ code, state, total, done }: any) => [
          code,
          state,
          total,
          done,
        ]),
      ).toEqual([
        ['associating.content', 'completed', 1, 1],
        ['unassociating.content', 'completed', 1, 1],
      ]);
    });

    /** Lets no task begin that writes the repository, as if another one were at it. */
    async function hold(repository: string) {
      const task = await driver.change(repository, { add: 'a' });
      const { body } = await rpm.get(repository);
      const uuid = task.pulp_href.split('/').at(-2);
      const { id } = await knex('task').select('id').where({ uuid }).first();
      const held = (value: boolean) =>
        knex<DbTaskReservationRow>('task_reservation')
          .where({ task_id: id, resource: body.prn })
          .update({ held: value });
      await held(true);
      return { release: () => held(false) };
    }
  },
);

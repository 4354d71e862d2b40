import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import { resolveVersion } from '../database/operations/versions';
import type { DbDistributionRow, DbPublicationRow } from '../database/tables';
import { currentTimestamp } from '../database/time';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'deleting versions on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(
        await saveTestPackages(knex, { a: {}, b: {}, c: {}, d: {}, e: {} }),
      );
    });
    afterAll(() => rpm.stop());

    const remove = async (repository: string, number: number) =>
      rpm.completed(await rpm.delete(`${repository}versions/${number}/`));
    const contents = async (repository: string) => {
      const all: Record<number, string> = {};
      for (const number of await driver.numbers(repository)) {
        all[number] = await driver.content(repository, number);
      }
      return all;
    };

    /** 0: nothing, 1: a b, 2: a c, 3: a b c d, 4: b. */
    async function longer(): Promise<string> {
      const repository = await driver.example();
      await driver.change(repository, { add: 'b d' });
      await driver.change(repository, { remove: 'a c d' });
      return repository;
    }

    it.each([0, 1, 2, 3])(
      'leaves all others as they are without version %p',
      async number => {
        const repository = await longer();
        const before = await contents(repository);
        const task = await remove(repository, number);
        expect(task.reserved_resources_record).toHaveLength(2);
        delete before[number];
        expect(await contents(repository)).toEqual(before);
        expect((await rpm.get(`${repository}versions/${number}/`)).status).toBe(
          404,
        );
      },
    );

    it('lets the oldest that is left have added all that it holds', async () => {
      const repository = await longer();
      const addedIn = async (number: number) => {
        const at = `${repository}versions/${number}/`;
        const { body } = await rpm.get(
          `content/rpm/packages/?repository_version_added=${at}&fields=name`,
        );
        expect(body.count).toBe(body.results.length);
        return body.results.map((unit: any) => unit.name).sort();
      };
      for (const number of [0, 1]) await remove(repository, number);
      expect(await addedIn(2)).toEqual(['a', 'c']);
      await remove(repository, 2);
      expect(await driver.counts(`${repository}versions/3/`)).toBe('4 / 0 / 4');
      expect(await addedIn(3)).toEqual(['a', 'b', 'c', 'd']);
      await remove(repository, 3);
      expect(await driver.counts(`${repository}versions/4/`)).toBe('1 / 0 / 1');
      expect(await addedIn(4)).toEqual(['b']);
      expect(await contents(repository)).toEqual({ 4: 'b' });
    });

    it('counts its changes as its successor’s', async () => {
      const repository = await longer();
      const at = (number: number) => `${repository}versions/${number}/`;
      await remove(repository, 2);
      expect(await driver.counts(at(3))).toBe('2 / 0 / 4');
      await remove(repository, 3);
      expect(await driver.counts(at(4))).toBe('0 / 1 / 1');
      await remove(repository, 1);
      expect(await driver.counts(at(4))).toBe('1 / 0 / 1');
    });

    it('undoes the latest, whose number is not used again', async () => {
      const repository = await longer();
      await remove(repository, 4);
      expect(await driver.latest(repository)).toBe(3);
      expect(await driver.content(repository, 3)).toBe('a b c d');
      await driver.change(repository, { remove: 'd' });
      expect(await driver.numbers(repository)).toEqual([0, 1, 2, 3, 5]);
      expect(await driver.content(repository, 5)).toBe('a b c');
      expect(await driver.counts(`${repository}versions/5/`)).toBe('0 / 1 / 3');
    });

    it('refuses the only one that is left', async () => {
      const repository = await driver.create();
      const task = await rpm.finished(
        await rpm.delete(`${repository}versions/0/`),
      );
      expect(task.state).toBe('failed');
      expect(task.error.description).toBe(
        '[PLP0011] Cannot delete repository version. Repositories must have at least one repository version.',
      );
      await driver.change(repository, { add: 'a' });
      await remove(repository, 0);
      expect(await contents(repository)).toEqual({ 1: 'a' });
    });

    it('hands on over a gap what was deleted before', async () => {
      const repository = await longer();
      const before = await contents(repository);
      for (const number of [2, 1, 3]) {
        await remove(repository, number);
        delete before[number];
        expect(await contents(repository)).toEqual(before);
      }
      expect(await driver.counts(`${repository}versions/4/`)).toBe('1 / 0 / 1');
    });

    it('takes its publications along, and no others', async () => {
      const repository = await driver.example();
      const publish = async (number: number) => {
        const { created_resources: created } = await rpm.completed(
          await rpm.post('publications/rpm/rpm/', {
            repository_version: `${repository}versions/${number}/`,
          }),
        );
        return created[0];
      };
      const [first, second] = [await publish(1), await publish(2)];
      await remove(repository, 1);
      expect((await rpm.get(first)).status).toBe(404);
      expect((await rpm.get(second)).status).toBe(200);
      await rpm.completed(await rpm.delete(repository));
      expect((await rpm.get(second)).status).toBe(404);
    });

    it('lets a version that was based on it stand without base', async () => {
      const repository = await driver.example();
      await driver.change(repository, { base: `${repository}versions/1/` });
      await remove(repository, 1);
      const { body } = await rpm.get(`${repository}versions/3/`);
      expect(body.base_version).toBeNull();
    });

    describe('that are served', () => {
      const about = () => ({
        uuid: uuidv7(),
        created_at: currentTimestamp(),
        updated_at: currentTimestamp(),
      });

      async function publish(
        repository: string,
        number: number,
        checkpoint = false,
      ): Promise<number> {
        const version = (await resolveVersion(
          knex,
          `${repository}versions/${number}/`,
        ))!;
        const [{ id }] = await knex<DbPublicationRow>('publication')
          .insert({
            ...about(),
            repository_id: version.repositoryId,
            version_id: version.id,
            complete: true,
            checkpoint,
            checkpoint_stamp: checkpoint ? `2024010${number}T000000Z` : null,
            checksum_type: 'sha256',
            compression_type: 'gz',
            layout: 'flat',
            repo_config_json: '{}',
          })
          .returning('id');
        return id;
      }

      async function distribute(
        serving: Partial<DbDistributionRow>,
      ): Promise<void> {
        const uuid = uuidv7();
        await knex<DbDistributionRow>('distribution').insert({
          ...about(),
          uuid,
          name: uuid,
          base_path: uuid,
          checkpoint: false,
          hidden: false,
          generate_repo_config: false,
          labels_json: '{}',
          ...serving,
        });
      }

      const versionOf = async (repository: string, number: number) =>
        (await resolveVersion(knex, `${repository}versions/${number}/`))!;

      /** Versions of `longer()` that cannot be deleted. */
      async function refused(repository: string): Promise<number[]> {
        const numbers: number[] = [];
        for (const number of await driver.numbers(repository)) {
          const reply = await rpm.delete(`${repository}versions/${number}/`);
          if (reply.status === 400) {
            numbers.push(number);
            expect(reply.body).toEqual([
              'The repository version cannot be deleted because it (or its publications) are currently being ' +
                'used to distribute content. Please update the necessary distributions first.',
            ]);
          } else {
            await rpm.completed(reply);
          }
        }
        return numbers;
      }

      it('by name are refused', async () => {
        const repository = await longer();
        await distribute({ version_id: (await versionOf(repository, 1)).id });
        expect(await refused(repository)).toEqual([1]);
      });

      it('by a publication are refused', async () => {
        const repository = await longer();
        await publish(repository, 3);
        await distribute({ publication_id: await publish(repository, 2) });
        expect(await refused(repository)).toEqual([2]);
      });

      it('as the newest published of a repository are refused', async () => {
        const repository = await longer();
        await publish(repository, 1);
        await publish(repository, 3);
        const { repositoryId } = await versionOf(repository, 3);
        await distribute({ repository_id: repositoryId });
        expect(await refused(repository)).toEqual([3]);
      });

      it('as checkpoints are refused while checkpoints are distributed', async () => {
        const repository = await longer();
        await publish(repository, 1, true);
        await publish(repository, 2, true);
        await publish(repository, 3);
        const { repositoryId } = await versionOf(repository, 3);
        await distribute({ repository_id: repositoryId, checkpoint: true });
        expect(await refused(repository)).toEqual([1, 2]);
      });

      it('do not count for retain_repo_versions', async () => {
        const repository = await longer();
        const before = await contents(repository);
        await distribute({ version_id: (await versionOf(repository, 1)).id });
        await rpm.completed(
          await rpm.patch(repository, { retain_repo_versions: 2 }),
        );
        const { 0: _zero, 2: _two, ...left } = before;
        expect(await contents(repository)).toEqual(left);
        await driver.change(repository, { add: 'e' });
        expect(await contents(repository)).toEqual({
          1: 'a b',
          4: 'b',
          5: 'b e',
        });
      });
    });

    it('happens after each version when only one is to be kept', async () => {
      const repository = await driver.create({ retain_repo_versions: 1 });
      await driver.change(repository, { add: 'a b' });
      expect(await contents(repository)).toEqual({ 1: 'a b' });
      const task = await driver.change(repository, { add: 'c', remove: 'b' });
      expect(await contents(repository)).toEqual({ 2: 'a c' });
      expect(task.result.counts).toEqual({
        added: { 'rpm.package': 1 },
        removed: { 'rpm.package': 1 },
        present: { 'rpm.package': 2 },
      });
      expect(await driver.counts(`${repository}versions/2/`)).toBe('2 / 0 / 2');
    });
  },
);

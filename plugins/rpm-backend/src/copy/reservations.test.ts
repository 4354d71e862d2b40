import type { Knex } from 'knex';
import { PlanTester } from '../plan/testing/PlanTester';
import { createTestDatabases } from '../testing';
import { keepBusy } from '../testing/busyRepository';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'what copies reserve on %p',
  databaseId => {
    let knex: Knex;
    let tester: PlanTester;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      tester = await PlanTester.start(knex);
    });
    afterAll(() => tester.stop());

    /** A copy that cannot begin, and what lets it. */
    async function waitingCopy(source: string) {
      const destination = await tester.repository();
      const release = await keepBusy(knex, destination);
      const reply = await tester.copy(source, destination, 'lib');
      return { destination, release, reply };
    }
    const stateOf = async (reply: any) =>
      (await tester.rpm.get(reply.body.task)).body.state;

    it('is the version of the source, so that the source can change', async () => {
      const source = await tester.repository('lib base');
      const { destination, release, reply } = await waitingCopy(source);
      await tester.driver.change(source, { remove: 'lib base', add: 'tool' });
      expect(await stateOf(reply)).toBe('waiting');
      await release();
      const task = await tester.rpm.completed(reply);
      const { body: version } = await tester.rpm.get(`${source}versions/1/`);
      expect(task.reserved_resources_record).toContain(`shared:${version.prn}`);
      expect(await tester.content(destination)).toBe('base lib');
    });

    it('is spared by retention as long as the copy has not ended', async () => {
      const source = await tester.repository('lib base', {
        retain_repo_versions: 1,
      });
      const { destination, release, reply } = await waitingCopy(source);
      await tester.driver.change(source, { add: 'tool' });
      await tester.driver.change(source, { add: 'app' });
      expect(await tester.driver.numbers(source)).toEqual([1, 3]);
      const { result } = await tester.rpm.completed(
        await tester.rpm.patch(source, {
          retain_repo_versions: 2,
          dry_run: true,
        }),
      );
      expect(result.versions.kept).toContainEqual({
        pulp_href: `${source}versions/1/`,
        label: '1',
        reason: 'task',
        because_of: {
          pulp_href: reply.body.task,
          label: 'pulp_rpm.app.tasks.copy.copy_content',
        },
      });
      await release();
      await tester.rpm.completed(reply);
      expect(await tester.content(destination)).toBe('base lib');
      await tester.driver.change(source, { remove: 'app' });
      expect(await tester.driver.numbers(source)).toEqual([4]);
    });

    it.each([
      ['version', 'versions/1/'],
      ['repository', ''],
    ])('keeps its %s from being deleted', async (_, path) => {
      const source = await tester.repository('lib base');
      await tester.driver.change(source, { add: 'tool', remove: 'lib' });
      const destination = await tester.repository();
      const release = await keepBusy(knex, destination);
      const copying = await tester.rpm.post('rpm/copy/', {
        config: [
          {
            source_repo_version: `${source}versions/1/`,
            dest_repo: destination,
          },
        ],
      });
      const deleting = await tester.rpm.delete(`${source}${path}`);
      expect(deleting.status).toBe(202);
      // Whatever can run has run when this has.
      await tester.repository('base');
      expect(await stateOf(deleting)).toBe('waiting');
      await release();
      await tester.rpm.completed(copying);
      await tester.rpm.completed(deleting);
      expect(await tester.content(destination)).toBe('base lib');
    });

    it('is nothing that keeps dry runs apart', async () => {
      const source = await tester.repository('lib base');
      const destination = await tester.repository();
      const task = await tester.rpm.completed(
        await tester.copy(source, destination, 'lib', { dry_run: true }),
      );
      expect(task.reserved_resources_record).toEqual([
        expect.stringMatching(/^shared:prn:/),
        expect.stringMatching(/^shared:prn:/),
      ]);
    });
  },
);

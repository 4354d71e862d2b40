import { createTestDatabases } from '../testing';
import type { PulpCommand } from './testing/PulpCommand';
import { RefusedCall } from './testing/replies';
import { startPulpCommand } from './testing/startPulpCommand';
import type { StrictClient } from './testing/StrictClient';
import { syncEverything } from './testing/syncEverything';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const TASKS = { name__contains: 'synchronize' };

/** The subcommands of `pulp` that clean up, repair and look after tasks, as its own calls. */
describe.each(databases.eachSupportedId())(
  'tasks by the pulp command on %p',
  databaseId => {
    let started: Awaited<ReturnType<typeof startPulpCommand>>;
    let pulp: PulpCommand;
    let client: StrictClient;
    /** Holds units of all types. */
    let repository: any;

    beforeAll(async () => {
      started = await startPulpCommand(await databases.init(databaseId));
      ({ pulp } = started);
      ({ client } = pulp);
      repository = await syncEverything(pulp, started.server, 'everything');
    });
    afterAll(() => started.stop());

    const packagesOf = async (name: string) =>
      (await pulp.content({ repository: name, limit: Infinity })).length;

    it('rpm prune-packages, --dry-run', async () => {
      const before = await packagesOf('everything');
      const options = { repositories: ['everything'], keepDays: 0 };
      const planned = await pulp.prunePackages({ ...options, dryRun: true });
      expect(planned).toMatchObject({ completed: 1, failed: 0 });
      expect(await packagesOf('everything')).toBe(before);
      const group = await pulp.prunePackages(options);
      expect(group).toMatchObject({
        description: 'Prune old Packages.',
        completed: 1,
        group_progress_reports: [
          { code: 'rpm.package.prune', total: 1, done: 1 },
        ],
      });
      const [{ pulp_href: href }] = group.tasks;
      const task = await client.call('tasks_read', { href });
      const [{ done }] = task.progress_reports;
      expect(done).toBeGreaterThan(0);
      expect(await packagesOf('everything')).toBe(before - done);
      expect(await pulp.prunePackages({})).toMatchObject({ failed: 0 });
    });

    it('task-group list, show, cancel', async () => {
      const [group] = await pulp.list('task_groups_list', {}, 1);
      const { pulp_href: href } = group;
      expect(await client.call('task_groups_read', { href })).toEqual(group);
      const task = await client.call('tasks_read', {
        href: group.tasks[0].pulp_href,
      });
      expect(task.task_group).toBe(href);
      // All of its tasks are over: nothing is left to cancel.
      expect(
        await client.call('task_groups_cancel', {
          href,
          body: { state: 'canceled' },
        }),
      ).toEqual(group);
    });

    it('task list, with filters; minimal', async () => {
      const tasks = await pulp.list('tasks_list', { query: TASKS });
      expect(tasks).toHaveLength(3);
      const [short] = await pulp.list('tasks_list', {
        query: { ...TASKS, minimal: true },
      });
      expect(short).not.toHaveProperty('progress_reports');
      expect(short.pulp_href).toBe(tasks[0].pulp_href);
    });

    it('task purge', async () => {
      const before = await pulp.list('tasks_list', { query: TASKS });
      const [{ finished_at: newest }] = before;
      await client.run('tasks_purge', {
        body: { finished_before: newest, states: ['completed'] },
      });
      const left = await pulp.list('tasks_list', { query: TASKS });
      expect(left).toEqual(before.slice(0, 1));
    });

    it('rpm repository version repair', async () => {
      const task = await client.run('repositories_rpm_rpm_versions_repair', {
        href: repository.latest_version_href,
        body: { verify_checksums: true },
      });
      const codes = task.progress_reports.map((report: any) => report.code);
      expect(codes.sort()).toEqual([
        'repair.corrupted',
        'repair.missing',
        'repair.repaired',
      ]);
    });

    it('rpm content label set, unset', async () => {
      const [unit] = await pulp.content({ repository: 'everything', limit: 1 });
      const { pulp_href: href } = unit;
      const label = { key: 'stage', value: 'test' };
      expect(
        await client.call('content_rpm_packages_set_label', {
          href,
          body: label,
        }),
      ).toEqual(label);
      const found = await pulp.list('content_rpm_packages_list', {
        query: { pulp_label_select: 'stage=test' },
      });
      expect(found.map(each => each.pulp_href)).toEqual([href]);
      expect(
        await client.call('content_rpm_packages_unset_label', {
          href,
          body: { key: 'stage' },
        }),
      ).toEqual(label);
    });

    it('orphan cleanup', async () => {
      await client.call('repositories_rpm_rpm_create', {
        body: { name: 'passing' },
      });
      await pulp.sync({ repository: 'passing', remote: 'zoo' });
      const [lion] = await pulp.list('content_rpm_packages_list', {
        query: { name: 'lion', orphaned_for: 0 },
      });
      expect(lion).toBeUndefined();
      const held = await packagesOf('everything');
      await pulp.destroy('repositories_rpm_rpm', 'everything');
      await pulp.destroy('repositories_rpm_rpm', 'passing');
      const task = await client.run('orphans_cleanup_cleanup', {
        body: { orphan_protection_time: 0 },
      });
      const [content] = task.progress_reports.filter(
        (report: any) => report.code === 'clean-up.content',
      );
      expect(content.done).toBeGreaterThanOrEqual(held);
      expect(await pulp.list('content_list')).toEqual([]);
    });

    it('show --href, of whatever it is', async () => {
      const remote = await pulp.find('remotes_rpm_rpm', 'zoo');
      const [task] = await pulp.list('tasks_list', {}, 1);
      for (const entity of [remote, task]) {
        expect(await pulp.show(entity.pulp_href)).toEqual(entity);
      }
      await expect(pulp.show(repository.pulp_href)).rejects.toThrow(
        RefusedCall,
      );
    });
  },
);

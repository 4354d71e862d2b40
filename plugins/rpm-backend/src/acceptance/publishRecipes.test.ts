import { createTestDatabases } from '../testing';
import type { PulpCommand } from './testing/PulpCommand';
import { startPulpCommand } from './testing/startPulpCommand';
import { FailedTask, type StrictClient } from './testing/StrictClient';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** The subcommands of `pulp` that publish, distribute and watch tasks, as its own calls. */
describe.each(databases.eachSupportedId())(
  'publications by the pulp command on %p',
  databaseId => {
    let started: Awaited<ReturnType<typeof startPulpCommand>>;
    let pulp: PulpCommand;
    let client: StrictClient;
    /** Hrefs. */
    let repository: string;
    let version: string;

    beforeAll(async () => {
      started = await startPulpCommand(await databases.init(databaseId));
      ({ pulp } = started);
      ({ client } = pulp);
      const { pulp_href: href } = await client.call(
        'repositories_rpm_rpm_create',
        { body: { name: 'animals' } },
      );
      repository = href;
      version = `${href}versions/1/`;
      await createRemote('zoo');
      await pulp.sync({ repository: 'animals', remote: 'zoo' });
    });
    afterAll(() => started.stop());

    const createRemote = (name: string) =>
      client.call('remotes_rpm_rpm_create', {
        body: {
          name,
          url: started.server.urlOf(name),
          policy: 'on_demand',
        },
      });

    /** `rpm publication create` */
    const publish = (body: object = { repository }) =>
      pulp.create('publications_rpm_rpm', body);

    /** `rpm distribution create`, which says null for what it does not use. */
    const distribute = (name: string, body: object) =>
      pulp.create('distributions_rpm_rpm', {
        name,
        base_path: `served/${name}`,
        ...body,
      });

    it('rpm publication create, list, show, destroy', async () => {
      const publication = await publish({
        repository_version: version,
        checksum_type: 'sha384',
        compression_type: 'zstd',
        repo_config: { gpgcheck: 0 },
      });
      const { pulp_href: href } = publication;
      expect(publication).toMatchObject({
        repository,
        repository_version: version,
        checkpoint: false,
        checksum_type: 'sha384',
        compression_type: 'zstd',
        repo_config: { gpgcheck: 0 },
      });
      const list = (query: Record<string, string | boolean>) =>
        pulp.list('publications_rpm_rpm_list', { query });
      expect(await list({ repository_version: version })).toEqual([
        publication,
      ]);
      const checkpoint = await publish({ repository, checkpoint: true });
      expect(await list({ checkpoint: true })).toEqual([checkpoint]);
      expect(await list({ repository })).toEqual([checkpoint, publication]);

      const read = () => client.call('publications_rpm_rpm_read', { href });
      expect(await read()).toEqual(publication);
      expect(
        await client.call('publications_rpm_rpm_delete', { href }),
      ).toEqual({});
      await expect(read()).rejects.toMatchObject({ status: 404 });
    });

    it('rpm distribution create, of whatever', async () => {
      const { pulp_href: publication } = await publish();
      const targets: object[] = [
        { repository, publication: null, repository_version: null },
        { publication, repository_version: null },
        { repository_version: version, publication: null },
        {
          repository,
          publication: null,
          repository_version: null,
          checkpoint: true,
        },
      ];
      for (const [index, target] of targets.entries()) {
        const distribution = await distribute(`target-${index}`, {
          ...target,
          generate_repo_config: true,
        });
        expect(distribution).toMatchObject({
          base_path: `served/target-${index}`,
          repository: null,
          repository_version: null,
          publication: null,
          checkpoint: false,
          generate_repo_config: true,
          ...target,
        });
        const served = await fetch(
          `${started.origin}${new URL(distribution.base_url).pathname}`,
        );
        expect(served.status).toBe(200);
      }
    });

    it('rpm distribution list, show, update, destroy', async () => {
      const created = await distribute('changing', {
        repository,
        publication: null,
        repository_version: null,
      });
      const { pulp_href: href } = created;
      const read = () => client.call('distributions_rpm_rpm_read', { href });
      expect(await read()).toEqual(created);
      expect(await pulp.find('distributions_rpm_rpm', 'changing')).toEqual(
        created,
      );
      const change = {
        repository: null,
        repository_version: version,
        base_path: 'served/elsewhere',
      };
      const update = { href, body: change };
      const task = await client.run(
        'distributions_rpm_rpm_partial_update',
        update,
      );
      expect(task.state).toBe('completed');
      expect(await read()).toMatchObject(change);
      expect(
        await client.call('distributions_rpm_rpm_partial_update', update),
      ).toEqual(await read());
      await client.run('distributions_rpm_rpm_update', {
        href,
        body: { name: 'changing', base_path: 'served/changing' },
      });
      expect(await read()).toMatchObject({ repository_version: null });

      await pulp.destroy('distributions_rpm_rpm', 'changing');
      await expect(read()).rejects.toMatchObject({ status: 404 });
    });

    it('task list, show', async () => {
      const [task] = await pulp.list('tasks_list', {
        query: { name__contains: 'synchronize', state__in: ['completed'] },
      });
      expect(task).toMatchObject({
        name: 'pulp_rpm.app.tasks.synchronizing.synchronize',
        state: 'completed',
        created_resources: [version],
        logging_cid: client.correlationId,
      });
      const { pulp_href: href } = task;
      expect(await client.call('tasks_read', { href })).toEqual(task);
      expect(await client.call('tasks_delete', { href })).toEqual({});
      await expect(client.call('tasks_read', { href })).rejects.toMatchObject({
        status: 404,
      });
    });

    it('task show, of one that has failed', async () => {
      await createRemote('nowhere');
      const sync = pulp.sync({ repository: 'animals', remote: 'nowhere' });
      await expect(sync).rejects.toThrow(
        /^pulp_rpm.app.tasks.synchronizing.synchronize failed: \[PLP0025\] .*nowhere/,
      );
    });

    it('task cancel', async () => {
      started.server.answer('/silent/repodata/repomd.xml', () => {});
      const { pulp_href: remote } = await createRemote('silent');
      const { task: href } = await client.call('repositories_rpm_rpm_sync', {
        href: repository,
        body: { remote },
      });
      const cancel = () =>
        client.call('tasks_cancel', { href, body: { state: 'canceled' } });
      expect((await cancel()).state).toMatch(/^cancel(ing|ed)$/);
      await expect(client.completed(href)).rejects.toThrow(FailedTask);
      expect(await client.call('tasks_read', { href })).toMatchObject({
        state: 'canceled',
        error: { reason: 'Canceled.' },
        created_resources: [],
        result: null,
      });
      await expect(cancel()).rejects.toMatchObject({ status: 409 });
    });
  },
);

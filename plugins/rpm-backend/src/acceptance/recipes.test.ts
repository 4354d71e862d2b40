import { createTestDatabases } from '../testing';
import { hrefsOf, type PulpCommand } from './testing/PulpCommand';
import { startPulpCommand } from './testing/startPulpCommand';
import type { StrictClient } from './testing/StrictClient';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const filesOf = (units: any[]) => units.map(unit => unit.location_href);

/** The subcommands of `pulp` that fill repositories and look into them, as its own calls. */
describe.each(databases.eachSupportedId())(
  'repositories by the pulp command on %p',
  databaseId => {
    let started: Awaited<ReturnType<typeof startPulpCommand>>;
    let pulp: PulpCommand;
    let client: StrictClient;

    beforeAll(async () => {
      started = await startPulpCommand(await databases.init(databaseId));
      ({ pulp } = started);
      ({ client } = pulp);
      await createRemote('zoo');
      await createRemote('repo-1');
      await createRemote('repo-2');
      await createRepository('animals');
      await pulp.sync({ repository: 'animals', remote: 'zoo' });
    });
    afterAll(() => started.stop());

    /** `rpm remote create` */
    const createRemote = (name: string, options: object = {}) =>
      client.call('remotes_rpm_rpm_create', {
        body: {
          name,
          url: started.server.urlOf(name),
          policy: 'on_demand',
          ...options,
        },
      });

    /** `rpm repository create` */
    const createRepository = (name: string, options: object = {}) =>
      client.call('repositories_rpm_rpm_create', {
        body: { name, ...options },
      });

    it('status', async () => {
      const status = await client.call('status_read');
      expect(status.database_connection).toEqual({ connected: true });
      expect(status.online_workers).not.toEqual([]);
    });

    it('rpm repository create, show, update, destroy', async () => {
      const remote = await pulp.find('remotes_rpm_rpm', 'zoo');
      const created = await createRepository('settings', {
        description: 'first',
        remote: remote.pulp_href,
        autopublish: false,
        retain_package_versions: 2,
        retain_repo_versions: 5,
        checksum_type: 'sha512',
        repo_config: { gpgcheck: 1 },
      });
      const { pulp_href: href } = created;
      expect(created.latest_version_href).toBe(`${created.versions_href}0/`);
      expect(await pulp.repository('settings')).toEqual(created);
      const read = () => client.call('repositories_rpm_rpm_read', { href });
      expect(await read()).toEqual(created);

      const change = {
        description: 'second',
        remote: null,
        retain_repo_versions: null,
      };
      const update = { href, body: change };
      const task = await client.run(
        'repositories_rpm_rpm_partial_update',
        update,
      );
      expect(task.state).toBe('completed');
      expect(await read()).toMatchObject(change);
      expect(
        await client.call('repositories_rpm_rpm_partial_update', update),
      ).toEqual(await read());
      await client.run('repositories_rpm_rpm_update', {
        href,
        body: { name: 'settings' },
      });
      expect(await read()).toMatchObject({ description: null });

      await pulp.destroy('repositories_rpm_rpm', 'settings');
      await expect(read()).rejects.toMatchObject({ status: 404 });
    });

    it('rpm repository list, of more than one page', async () => {
      for (let i = 0; i < 26; i += 1) await createRepository(`many-${i}`);
      const list = (query: Record<string, string>) =>
        pulp.list('repositories_rpm_rpm_list', { query });
      const many = await list({ name__startswith: 'many-' });
      expect(many.map(({ name }) => name)).toEqual(
        Array.from({ length: 26 }, (_, i) => `many-${25 - i}`),
      );
      expect(await list({ name: 'many-7' })).toHaveLength(1);
      await expect(list({ nmae: 'many-7' })).rejects.toThrow('parameter nmae');
    });

    it('rpm repository label set, unset', async () => {
      const { pulp_href: href } = await createRepository('labelled');
      expect(
        await client.call('repositories_rpm_rpm_set_label', {
          href,
          body: { key: 'stage', value: 'test' },
        }),
      ).toEqual({ key: 'stage', value: 'test' });
      expect(await pulp.repository('labelled')).toMatchObject({
        pulp_labels: { stage: 'test' },
      });
      expect(
        await client.call('repositories_rpm_rpm_unset_label', {
          href,
          body: { key: 'stage' },
        }),
      ).toEqual({ key: 'stage', value: 'test' });
    });

    it('rpm remote create, list, show, update, destroy', async () => {
      const created = await createRemote('settings', {
        password: 'secret',
        username: 'me',
        headers: [{ 'X-Team': 'shop' }],
        total_timeout: 2.5,
        max_retries: 1,
      });
      const { pulp_href: href } = created;
      expect(created.hidden_fields).toContainEqual({
        name: 'password',
        is_set: true,
      });
      const read = () => client.call('remotes_rpm_rpm_read', { href });
      expect(await read()).toEqual(created);
      expect(await pulp.find('remotes_rpm_rpm', 'settings')).toEqual(created);

      const change = { policy: 'immediate', max_retries: null };
      const update = { href, body: change };
      await client.run('remotes_rpm_rpm_partial_update', update);
      expect(await read()).toMatchObject(change);
      expect(
        await client.call('remotes_rpm_rpm_partial_update', update),
      ).toEqual(await read());
      await client.run('remotes_rpm_rpm_update', {
        href,
        body: { name: 'settings', url: created.url },
      });
      expect(await read()).toMatchObject({ headers: null });

      await pulp.destroy('remotes_rpm_rpm', 'settings');
      await expect(read()).rejects.toMatchObject({ status: 404 });
    });

    it('rpm repository content list, modify, as the guide has it', async () => {
      const ADDED = [
        'zebra-0.1-2.noarch.rpm',
        'wolf-9.4-2.noarch.rpm',
        'whale-0.2-1.noarch.rpm',
        'walrus-5.21-1.noarch.rpm',
        'walrus-0.71-1.noarch.rpm',
      ];
      const repository = 'modify_test_repo';
      const { versions_href: versions } = await createRepository(repository);
      const latest = async () => {
        const { latest_version_href: href } = await pulp.repository(repository);
        const units = await pulp.content({ repository });
        return { version: href.replace(versions, ''), files: filesOf(units) };
      };

      const addContent = await pulp.content({
        repository: 'animals',
        limit: 5,
      });
      await pulp.modify({ repository, addContent });
      expect(await latest()).toEqual({ version: '1/', files: ADDED });

      const removeContent = await pulp.content({ repository, limit: 2 });
      await pulp.modify({ repository, removeContent });
      expect(await latest()).toEqual({ version: '2/', files: ADDED.slice(2) });

      await pulp.modify({ repository, baseVersion: 1 });
      expect(await latest()).toEqual({ version: '3/', files: ADDED });

      await pulp.modify({ repository, removeContent: 'all', addContent: [] });
      expect(await latest()).toEqual({ version: '4/', files: [] });
      await pulp.modify({
        repository,
        baseVersion: 1,
        baseRepository: 'animals',
      });
      expect((await latest()).version).toBe('5/');
      expect(await pulp.content({ repository, limit: Infinity })).toHaveLength(
        35,
      );
      expect(filesOf(await pulp.content({ repository, version: 2 }))).toEqual(
        ADDED.slice(2),
      );
      const nothing = await pulp.modify({ repository });
      expect(nothing.created_resources).toEqual([]);
    });

    it('rpm repository sync', async () => {
      const repository = 'synced';
      const { versions_href: versions } = await createRepository(repository);
      const present = async () => {
        const units = await pulp.content({ repository, limit: Infinity });
        return units.length;
      };
      const sync = async (remote: string, options: object = {}) => {
        const task = await pulp.sync({ repository, remote, ...options });
        return task.created_resources;
      };
      expect(await sync('repo-1')).toEqual([`${versions}1/`]);
      expect(await present()).toBe(18);
      expect(
        await sync('repo-2', {
          syncPolicy: 'additive',
          skipType: ['srpm', 'treeinfo'],
        }),
      ).toEqual([`${versions}2/`]);
      expect(await present()).toBe(34);
      expect(
        await sync('repo-2', {
          syncPolicy: 'mirror_content_only',
          optimize: false,
        }),
      ).toEqual([`${versions}3/`]);
      expect(await present()).toBe(33);
      expect(
        await sync('repo-2', { syncPolicy: 'mirror_content_only' }),
      ).toEqual([]);
    });

    it('rpm repository version list, show, destroy', async () => {
      const repository = 'versioned';
      const { pulp_href: href } = await createRepository(repository);
      await pulp.sync({ repository, remote: 'zoo' });
      await pulp.modify({ repository, removeContent: 'all' });
      const numbers = async () => {
        const versions = await pulp.list('repositories_rpm_rpm_versions_list', {
          href,
        });
        return versions.map(({ number }) => number);
      };
      expect(await numbers()).toEqual([2, 1, 0]);
      const version = { href: `${href}versions/1/` };
      const shown = await client.call(
        'repositories_rpm_rpm_versions_read',
        version,
      );
      expect(shown.content_summary.present['rpm.package'].count).toBe(35);
      expect(
        await client.call('repository_versions_list', {
          query: { pulp_href__in: [version.href] },
        }),
      ).toMatchObject({ count: 1, results: [shown] });

      const { counts } = await client.call(
        'repositories_rpm_rpm_versions_diff',
        {
          href: `${href}versions/2/`,
          query: { from: version.href, kind: ['package', 'group'] },
        },
      );
      expect(counts.package.removed).toBe(35);
      await client.run('repositories_rpm_rpm_rollback', {
        href,
        body: { version: version.href, reason: 'They are missed' },
      });
      await client.run('repositories_rpm_rpm_versions_delete', version);
      expect(await numbers()).toEqual([3, 2, 0]);
      expect(await pulp.content({ repository, limit: Infinity })).toHaveLength(
        35,
      );
    });

    it('rpm copy', async () => {
      const { latest_version_href: source } = await pulp.repository('animals');
      const find = async (name: string) =>
        hrefsOf(
          await pulp.list('content_rpm_packages_list', {
            query: { repository_version: source, name },
          }),
        );
      const copy = async (
        name: string,
        content: string[] | undefined,
        solving: boolean,
      ) => {
        const { pulp_href: destination } = await createRepository(name);
        await client.run('rpm_copy_content', {
          body: {
            config: [
              { source_repo_version: source, dest_repo: destination, content },
            ],
            dependency_solving: solving,
          },
        });
        return filesOf(
          await pulp.content({ repository: name, limit: Infinity }),
        );
      };
      expect(await copy('copied-1', await find('lion'), false)).toEqual([
        'lion-0.4-1.noarch.rpm',
      ]);
      expect(await copy('copied-2', await find('lion'), true)).toEqual([
        'wolf-9.4-2.noarch.rpm',
        'lion-0.4-1.noarch.rpm',
      ]);
      expect(await copy('copied-3', undefined, false)).toHaveLength(35);
      await expect(
        client.call('rpm_copy_content', {
          body: { config: [{ source_repo_version: source }] },
        }),
      ).rejects.toMatchObject({ status: 400 });
    });
  },
);

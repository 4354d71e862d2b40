import { gunzipSync } from 'zlib';
import { createTestDatabases } from '../testing';
import {
  composeRepository,
  type ComposedPackage,
} from './testing/composeRepository';
import { composePackages, composeTree } from './testing/composeTree';
import { SyncTester } from './testing/SyncTester';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const OWL: ComposedPackage = { name: 'owl', content: 'an owl' };
const BAT: ComposedPackage = { name: 'bat', content: 'a bat' };

describe.each(databases.eachSupportedId())(
  'policies of syncs on %p',
  databaseId => {
    let tester: SyncTester;
    let made = 0;

    beforeAll(async () => {
      tester = await SyncTester.start(await databases.init(databaseId));
    });
    afterAll(() => tester.stop());

    /** A web server's folder, a remote for it, and a repository that syncs from it. */
    async function setUp(files: Map<string, Uint8Array>, settings?: object) {
      made += 1;
      const name = `policies-${made}`;
      const url = tester.server.compose(name, files);
      const remote = await tester.createRemote(url, settings);
      return {
        name,
        url,
        remote,
        repository: await tester.createRepository({ remote }),
      };
    }
    type World = Awaited<ReturnType<typeof setUp>>;

    const TREE = { main: [OWL], addon: [BAT] };

    /** What happens between two syncs, and with which options the second one is asked for. */
    interface Meanwhile {
      title: string;
      settings?: object;
      first?: object;
      change?: (world: World) => Promise<unknown> | unknown;
      second?: object;
      isSkipped: boolean;
    }

    const patch = async (href: string, body: object) => {
      const reply = await tester.rpm.patch(href, body);
      if (reply.status === 202) await tester.rpm.completed(reply);
    };

    it.each<Meanwhile>([
      { title: 'nothing', isSkipped: true },
      {
        title: 'the wish to see for oneself',
        second: { optimize: false },
        isSkipped: false,
      },
      {
        title: 'another address of the same files',
        change: async ({ name, remote }) => {
          const url = tester.server.compose(`${name}-b`, composeTree(TREE));
          await patch(remote, { url });
        },
        isSkipped: false,
      },
      {
        title: 'another remote of the same files',
        change: async ({ url, repository }) =>
          patch(repository, { remote: await tester.createRemote(url) }),
        isSkipped: false,
      },
      {
        title: 'another name of the repository',
        change: ({ repository, name }) =>
          patch(repository, { name: `renamed ${name}` }),
        isSkipped: true,
      },
      {
        title: 'a change of the repository',
        change: async ({ repository }) =>
          tester.rpm.completed(
            await tester.rpm.post(`${repository}modify/`, {
              remove_content_units: ['*'],
            }),
          ),
        isSkipped: false,
      },
      {
        title: 'another number of versions to keep',
        change: ({ repository }) =>
          patch(repository, { retain_package_versions: 3 }),
        isSkipped: false,
      },
      {
        title: 'other metadata',
        change: ({ name }) =>
          tester.server.compose(name, composeTree({ ...TREE, main: [] })),
        isSkipped: false,
      },
      {
        title: 'another tree',
        change: ({ name }) =>
          tester.server.compose(name, composeTree({ ...TREE, images: {} })),
        isSkipped: false,
      },
      {
        title: 'another repository in the tree',
        change: ({ name }) =>
          tester.server.compose(name, composeTree({ ...TREE, addon: [] })),
        isSkipped: false,
      },
      {
        title: 'files that are to be stored from now on',
        change: ({ remote }) => patch(remote, { policy: 'immediate' }),
        isSkipped: false,
      },
      {
        title: 'files that need not be stored any more',
        settings: { policy: 'immediate' },
        change: ({ remote }) => patch(remote, { policy: 'on_demand' }),
        isSkipped: true,
      },
      {
        title: 'files that are never to be stored',
        change: ({ remote }) => patch(remote, { policy: 'streamed' }),
        isSkipped: true,
      },
      {
        title: 'something to leave out',
        second: { skip_types: ['srpm'] },
        isSkipped: false,
      },
      {
        title: 'the same to leave out, in another order',
        first: { skip_types: ['srpm', 'treeinfo'] },
        second: { skip_types: ['treeinfo', 'srpm', 'srpm'] },
        isSkipped: true,
      },
      {
        title: 'a mirror of content',
        second: { sync_policy: 'mirror_content_only' },
        isSkipped: false,
      },
      {
        title: 'a complete mirror',
        first: { sync_policy: 'mirror_content_only' },
        second: { sync_policy: 'mirror_complete' },
        isSkipped: false,
      },
      {
        title: 'a complete mirror once more',
        first: { sync_policy: 'mirror_complete' },
        second: { sync_policy: 'mirror_complete' },
        isSkipped: true,
      },
    ])('after $title: skipped is $isSkipped', async meanwhile => {
      const { settings, first = {}, second = first } = meanwhile;
      const world = await setUp(composeTree(TREE), settings);
      await tester.synced(world.repository, first);
      await meanwhile.change?.(world);
      const task = await tester.sync(world.repository, second);
      expect(task.state).toBe('completed');
      const codes = task.progress_reports.map((report: any) => report.code);
      expect(codes.includes('sync.was_skipped')).toBe(meanwhile.isSkipped);
    });

    it('fetches what is missing when the policy says so from now on', async () => {
      const late = (name: string) => ({ name, content: `a late ${name}` });
      const { remote, repository } = await setUp(
        composeTree({ main: [late('lark')], addon: [late('moth')] }),
      );
      await tester.synced(repository, {});
      const artifacts = async () => {
        const { body: packages } = await tester.rpm.get(
          `content/rpm/packages/?repository_version=${repository}`,
        );
        const { body: trees } = await tester.rpm.get(
          `content/rpm/distribution_trees/?repository_version=${repository}`,
        );
        const [{ images, repositories }] = trees.results;
        const { body: addon } = await tester.rpm.get(
          `content/rpm/packages/?repository_version=${repositories[0].repository_version}`,
        );
        return [...packages.results, ...addon.results, ...images].map(
          (unit: any) => typeof unit.artifact,
        );
      };
      expect(await artifacts()).not.toContain('string');
      await patch(remote, { policy: 'immediate' });
      const result = await tester.synced(repository, {});
      expect(result).toMatchObject({ outcome: 'unchanged', number: 1 });
      expect(await artifacts()).toEqual(['string', 'string', 'string']);
    });

    it('does not create packages that would be too old to stay', async () => {
      const aged = (version: string, more: object = {}): ComposedPackage => ({
        name: `aged${made}`,
        version,
        ...more,
      });
      const { name } = aged('0');
      const files = composePackages([
        aged('1'),
        aged('10'),
        aged('9'),
        aged('1', { arch: 'x86_64' }),
        aged('2', { arch: 'src' }),
        aged('3', { arch: 'src' }),
      ]);
      const { repository } = await setUp(files);
      await patch(repository, { retain_package_versions: 1 });
      const task = await tester.sync(repository, {});
      const reports = Object.fromEntries(
        task.progress_reports.map((report: any) => [
          report.code,
          [report.done, report.total],
        ]),
      );
      expect(reports).toMatchObject({
        'sync.parsing.packages': [6, 6],
        'sync.skipped.packages': [3, 3],
      });
      const { body } = await tester.rpm.get(
        `content/rpm/packages/?name=${name}`,
      );
      expect(
        body.results.map((unit: any) => `${unit.version}.${unit.arch}`).sort(),
      ).toEqual(['1.x86_64', '10.noarch', '3.src']);

      // Source packages that are left out take no place, and count as read.
      const without = await setUp(files);
      await patch(without.repository, { retain_package_versions: 1 });
      await tester.synced(without.repository, { skip_types: ['srpm'] });
      expect((await tester.packages(without.repository)).sort()).toEqual([
        `${name}-1-1.x86_64.rpm`,
        `${name}-10-1.noarch.rpm`,
      ]);
    });

    it('gives no file to who only knows its digest', async () => {
      const secret: ComposedPackage = { name: 'secret', content: 'a secret' };
      const owner = await setUp(composePackages([secret]), {
        policy: 'immediate',
      });
      await tester.synced(owner.repository, {});

      const claimed = composePackages([{ ...secret, name: 'claimed' }]);
      claimed.delete('claimed-1.0-1.noarch.rpm');
      const thief = await setUp(claimed, { policy: 'immediate' });
      const task = await tester.sync(thief.repository, {});
      expect(task).toMatchObject({
        state: 'failed',
        error: { error_code: 'PLP0025' },
      });
      expect(await tester.latest(thief.repository)).toBe(0);

      // What is in the repository already need not be fetched once more.
      const again = await tester.createRemote(thief.url, {
        policy: 'immediate',
      });
      const result = await tester.synced(owner.repository, { remote: again });
      expect(result.outcome).toBe('created');
      const { body } = await tester.rpm.get(
        `content/rpm/packages/?name=claimed`,
      );
      expect(body.results[0].artifact).toEqual(expect.any(String));
    });

    it('does not take a file of another size for the announced one', async () => {
      const owner = await setUp(composePackages([OWL]), {
        policy: 'immediate',
      });
      await tester.synced(owner.repository, {});
      const files = composePackages([{ ...OWL, name: 'larger' }]);
      const primary = gunzipSync(files.get('repodata/primary.xml.gz')!)
        .toString()
        .replace('package="6"', 'package="7"');
      const wrong = await setUp(
        composeRepository([{ type: 'primary', content: primary }]),
        { policy: 'immediate' },
      );
      const task = await tester.sync(owner.repository, {
        remote: wrong.remote,
      });
      expect(task.state).toBe('failed');
    });
  },
);

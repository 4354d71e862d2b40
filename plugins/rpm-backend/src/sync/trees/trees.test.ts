import { createTestDatabases } from '../../testing';
import type { ComposedPackage } from '../testing/composeRepository';
import {
  ADDON,
  composePackages,
  composeTree,
  type ComposedTree,
} from '../testing/composeTree';
import { countsOf, SyncTester } from '../testing/SyncTester';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const LION: ComposedPackage = { name: 'lion', content: 'a lion' };
const OWL: ComposedPackage = { name: 'owl', content: 'an owl' };
const BAT: ComposedPackage = { name: 'bat', content: 'a bat' };

describe.each(databases.eachSupportedId())('trees on %p', databaseId => {
  let tester: SyncTester;
  let made = 0;

  beforeAll(async () => {
    tester = await SyncTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  /** A web server's folder with a tree, a remote for it, and a repository. */
  async function treeAt(tree: ComposedTree, settings: object = {}) {
    made += 1;
    const name = `tree-${made}`;
    const url = tester.server.compose(name, composeTree(tree));
    return {
      change: (changed: ComposedTree) =>
        tester.server.compose(name, composeTree(changed)),
      remote: await tester.createRemote(url, settings),
      repository: await tester.createRepository(),
    };
  }

  async function treesOf(version: string): Promise<any[]> {
    const { body } = await tester.rpm.get(
      `content/rpm/distribution_trees/?repository_version=${version}`,
    );
    return body.results;
  }

  async function addonOf(version: string): Promise<string> {
    const [{ repositories }] = await treesOf(version);
    return repositories[0].repository_version;
  }

  it('are units that say all that .treeinfo says', async () => {
    const { remote, repository } = await treeAt({ main: [LION], addon: [OWL] });
    const result = await tester.synced(repository, { remote });
    expect(result.problems).toEqual([]);
    const { present } = result.content_summary;
    expect(countsOf(present)).toEqual({
      'rpm.package': 1,
      'rpm.distribution_tree': 1,
    });
    const { body: listed } = await tester.rpm.get(
      present['rpm.distribution_tree'].href,
    );
    expect(listed.count).toBe(1);
    const [tree] = listed.results;
    expect(tree).toMatchObject({
      pulp_href: expect.stringMatching(/content\/rpm\/distribution_trees\//),
      prn: expect.stringMatching(/^prn:rpm\.distributiontree:/),
      header_version: '1.2',
      release_name: 'Zoo Linux',
      release_short: 'ZL',
      release_version: '9',
      release_is_layered: false,
      base_product_name: null,
      arch: 'x86_64',
      build_timestamp: 1700000000.5,
      instimage: null,
      mainimage: null,
      discnum: null,
      totaldiscs: null,
      addons: [
        {
          addon_id: 'Night',
          uid: 'Server-Night',
          name: 'Night Animals',
          type: 'addon',
          packages: ADDON,
        },
      ],
      variants: [
        expect.objectContaining({ variant_id: 'Server', identity: null }),
      ],
      images: [
        {
          name: 'boot.iso',
          path: 'images/boot.iso',
          platforms: 'x86_64',
          artifact: null,
        },
      ],
      repositories: [{ path: ADDON, repository_version: expect.any(String) }],
    });
    expect((await tester.rpm.get(tree.pulp_href)).body).toEqual(tree);
    expect((await tester.rpm.get(tree.prn)).status).toBe(404);

    const { body: addon } = await tester.rpm.get(
      `content/rpm/packages/?repository_version=${tree.repositories[0].repository_version}`,
    );
    expect(addon.results.map((unit: any) => unit.name)).toEqual(['owl']);
  });

  it('are left out when they are to be skipped, and found under both names', async () => {
    const { remote, repository } = await treeAt({ name: 'treeinfo' });
    const skipped = { remote, skip_types: ['treeinfo'] };
    await tester.synced(repository, skipped);
    expect(await tester.present(repository)).toEqual({});
    await tester.synced(repository, { remote });
    expect(await tester.present(repository)).toEqual({
      'rpm.distribution_tree': 1,
    });
    // What is skipped stays, or goes when just the rest is wanted.
    await tester.synced(repository, { ...skipped, optimize: false });
    expect(await treesOf(repository)).toHaveLength(1);
    await tester.synced(repository, {
      ...skipped,
      sync_policy: 'mirror_content_only',
    });
    expect(await treesOf(repository)).toEqual([]);
  });

  it('have repositories that nobody sees or changes', async () => {
    const { remote, repository } = await treeAt({ addon: [OWL] });
    await tester.synced(repository, { remote });
    const version = await addonOf(repository);
    const hidden = version.replace(/versions\/\d+\/$/, '');
    const { rpm } = tester;
    const { body: lists } = await rpm.get('repositories/rpm/rpm/?limit=1000');
    expect(lists.results.map((one: any) => one.pulp_href)).toContain(
      repository,
    );
    expect(lists.results.map((one: any) => one.pulp_href)).not.toContain(
      hidden,
    );
    const { body: versions } = await rpm.get('repository_versions/?limit=1000');
    expect(versions.results.map((one: any) => one.pulp_href)).not.toContain(
      version,
    );
    for (const reply of [
      await rpm.get(hidden),
      await rpm.get(`${hidden}versions/`),
      await rpm.patch(hidden, { name: 'taken' }),
      await rpm.delete(hidden),
      await rpm.delete(version),
      await rpm.post(`${hidden}modify/`, { remove_content_units: ['*'] }),
      await rpm.post(`${hidden}sync/`, { remote }),
    ]) {
      expect(reply.status).toBe(404);
    }
    for (const [path, body] of [
      ['publications/rpm/rpm/', { repository: hidden }],
      ['publications/rpm/rpm/', { repository_version: version }],
      [
        'distributions/rpm/rpm/',
        { name: 'a', base_path: 'a', repository: hidden },
      ],
      [`${repository}modify/`, { base_version: version }],
      [
        'rpm/copy/',
        { config: [{ source_repo_version: version, dest_repo: repository }] },
      ],
      [
        'rpm/copy/',
        { config: [{ source_repo_version: repository, dest_repo: hidden }] },
      ],
    ] as const) {
      expect((await rpm.post(path, body)).status).toBe(400);
    }
    // Looking at what is in it is all that can be done.
    expect((await rpm.get(version)).body.number).toBe(1);
  });

  it('have images that are fetched with the packages, and verified', async () => {
    const { remote, repository } = await treeAt(
      {
        main: [LION],
        addon: [OWL],
        images: { 'images/boot.iso': 'boot it', 'images/gone.img': undefined },
      },
      { policy: 'immediate' },
    );
    const { problems } = await tester.synced(repository, { remote });
    expect(problems).toEqual([
      {
        file: '.treeinfo',
        message: 'The remote does not have the file images/gone.img.',
      },
    ]);
    const [{ images, repositories }] = await treesOf(repository);
    expect(images).toMatchObject([
      { artifact: expect.stringMatching(/\/artifacts\//) },
      { artifact: null },
    ]);
    const { body } = await tester.rpm.get(
      `content/rpm/packages/?repository_version=${repositories[0].repository_version}`,
    );
    expect(body.results[0].artifact).toEqual(expect.any(String));
  });

  it('fail the sync when an image is not what it should be', async () => {
    const { remote, repository } = await treeAt(
      { checksums: { 'images/boot.iso': `sha256:${'1'.repeat(64)}` } },
      { policy: 'immediate' },
    );
    const task = await tester.sync(repository, { remote });
    expect(task.state).toBe('failed');
    expect(task.error.description).toMatch(/images\/boot\.iso/);
    expect(await tester.latest(repository)).toBe(0);
  });

  it('have images stored at once that nothing could be verified with later', async () => {
    const { remote, repository } = await treeAt({
      images: { 'a.img': 'a', 'b.img': 'b' },
      checksums: { 'a.img': 'md5:0cc175b9c0f1b6a831c399e269772661' },
    });
    const { problems } = await tester.synced(repository, { remote });
    expect(problems).toEqual([
      {
        file: '.treeinfo',
        message: expect.stringMatching(
          /a\.img has a checksum of the type "md5"/,
        ),
      },
    ]);
    const [{ images }] = await treesOf(repository);
    expect(images).toMatchObject([
      { path: 'a.img', artifact: expect.any(String) },
      { path: 'b.img', artifact: null },
    ]);
  });

  it.each([
    ['<html>', /\.treeinfo cannot be understood in line 1; with skip_types/],
    ['[tree]\n', /\.treeinfo names no architecture/],
  ])('fail the sync when %j is their .treeinfo', async (text, problem) => {
    const files = composePackages([LION]).set('.treeinfo', Buffer.from(text));
    made += 1;
    const url = tester.server.compose(`broken-${made}`, files);
    const remote = await tester.createRemote(url);
    const repository = await tester.createRepository();
    const { error } = await tester.sync(repository, { remote });
    expect(error.description).toMatch(problem);
    expect(error.description).toMatch(/^\[PLP0013\]/);
    await tester.synced(repository, { remote, skip_types: ['treeinfo'] });
    expect(await tester.latest(repository)).toBe(1);
  });

  it('take no repositories that are absent or lie elsewhere', async () => {
    const { remote, repository } = await treeAt({
      more: `[variant-Other]\nrepository = ../other\n[variant-Gone]\nrepository = gone\n`,
      images: { '../secret': 'x' },
    });
    const { problems } = await tester.synced(repository, { remote });
    expect(problems.map((problem: any) => problem.message).sort()).toEqual([
      expect.stringMatching(
        /^A file has the location "..\/secret", which leads/,
      ),
      expect.stringMatching(/^A repository has the location "..\/other"/),
      'There is no repository in gone; it is not taken.',
    ]);
    const [{ repositories, variants }] = await treesOf(repository);
    expect(repositories).toMatchObject([{ path: ADDON }]);
    expect(variants).toHaveLength(3);
  });

  it('are recognised as unchanged, and changed with their repositories', async () => {
    const { remote, repository, change } = await treeAt({
      main: [LION],
      addon: [OWL],
    });
    await tester.synced(repository, { remote });
    const [first] = await treesOf(repository);
    const again = await tester.sync(repository, { remote });
    expect(again.progress_reports).toMatchObject([
      { code: 'sync.was_skipped' },
    ]);
    const full = await tester.synced(repository, { remote, optimize: false });
    expect(full).toMatchObject({ number: 1, outcome: 'unchanged' });

    change({ main: [LION], addon: [BAT] });
    const second = await tester.synced(repository, { remote });
    expect(countsOf(second.content_summary.added)).toEqual({
      'rpm.distribution_tree': 1,
    });
    expect(countsOf(second.content_summary.removed)).toEqual({
      'rpm.distribution_tree': 1,
    });
    // Additive: the addon has both now.
    const added = await addonOf(repository);
    expect((await tester.packages(added)).sort()).toEqual([
      'bat-1.0-1.noarch.rpm',
      'owl-1.0-1.noarch.rpm',
    ]);
    const { body: diff } = await tester.rpm.get(
      `${repository}versions/2/diff/`,
    );
    expect(diff.results).toMatchObject([
      {
        kind: 'distribution_tree',
        change: 'changed',
        from: { pulp_href: first.pulp_href, label: 'Zoo Linux 9 x86_64' },
      },
    ]);
    const mirror = { remote, sync_policy: 'mirror_content_only' };
    await tester.synced(repository, mirror);
    const mirrored = await addonOf(repository);
    expect(await tester.packages(mirrored)).toEqual(['bat-1.0-1.noarch.rpm']);

    // Going back brings back what was in the addon, and so does adding to it.
    await tester.rpm.completed(
      await tester.rpm.post(`${repository}modify/`, {
        base_version: `${repository}versions/1/`,
      }),
    );
    expect(await treesOf(repository)).toEqual([first]);
    expect(await tester.packages(await addonOf(repository))).toEqual([
      'owl-1.0-1.noarch.rpm',
    ]);
    await tester.synced(repository, { remote });
    expect(await addonOf(repository)).not.toBe(mirrored);
    expect(await tester.packages(await addonOf(repository))).toHaveLength(2);
  });

  it('are one in a version, whoever brings them', async () => {
    const one = await treeAt({ addon: [OWL] });
    const two = await treeAt({ addon: [BAT] });
    await tester.synced(one.repository, { remote: one.remote });
    await tester.synced(two.repository, { remote: two.remote });
    const [owls] = await treesOf(one.repository);
    const [bats] = await treesOf(two.repository);
    const modify = async (repository: string, ...units: any[]) =>
      tester.rpm.finished(
        await tester.rpm.post(`${repository}modify/`, {
          add_content_units: units.map(unit => unit.pulp_href),
          overwrite: false,
        }),
      );
    expect(await modify(two.repository, owls)).toMatchObject({
      state: 'completed',
      result: {
        consequences: [{ pulp_href: bats.pulp_href, reason: 'replaced' }],
      },
    });
    expect(await treesOf(two.repository)).toEqual([owls]);

    const fresh = await tester.createRepository();
    const task = await modify(fresh, owls, bats);
    expect(task.state).toBe('failed');
    expect(task.error.description).toMatch(
      /^\[RPM0002\] .*only one distribution tree, not 2: Zoo Linux 9 x86_64/,
    );

    await tester.rpm.completed(
      await tester.rpm.post('rpm/copy/', {
        config: [
          {
            source_repo_version: `${two.repository}versions/1/`,
            dest_repo: one.repository,
          },
        ],
        dependency_solving: false,
      }),
    );
    expect(await treesOf(one.repository)).toEqual([bats]);

    await tester.rpm.completed(
      await tester.rpm.post(`${one.repository}modify/`, {
        remove_content_units: [bats.prn],
      }),
    );
    expect(await treesOf(one.repository)).toEqual([]);
  });

  it('keep their content when it is deleted where they came from', async () => {
    const { remote, repository, change } = await treeAt({ addon: [OWL] });
    await tester.synced(repository, { remote });
    const [copied] = await treesOf(repository);
    change({ addon: [BAT] });
    await tester.synced(repository, { remote });
    const [own] = await treesOf(repository);
    const copy = await tester.createRepository();
    await tester.rpm.completed(
      await tester.rpm.post(`${copy}modify/`, {
        add_content_units: [copied.pulp_href],
      }),
    );
    await tester.rpm.completed(await tester.rpm.delete(repository));
    expect(await treesOf(copy)).toEqual([copied]);
    expect(await tester.packages(await addonOf(copy))).toEqual([
      'owl-1.0-1.noarch.rpm',
    ]);

    await tester.rpm.completed(await tester.rpm.delete(copy));
    for (const { pulp_href: href, repositories } of [copied, own]) {
      expect((await tester.rpm.get(href)).status).toBe(404);
      const { status } = await tester.rpm.get(
        repositories[0].repository_version,
      );
      expect(status).toBe(404);
    }
  });

  it('are published whole, each repository in its folder', async () => {
    const { remote, repository, change } = await treeAt({
      main: [LION],
      addon: [OWL],
    });
    await tester.synced(repository, { remote });
    await tester.publish(repository);
    const root = await tester.distribute({ repository });
    const served = (path: string) => tester.served(`${root}${path}`);
    const listed = async (path: string) =>
      Array.from(
        (await served(path))!.matchAll(/href="\.\/([^"]+)"/g),
        ([, name]) => name,
      );

    expect(await listed('')).toEqual([
      '.treeinfo',
      'Packages/',
      'addons/',
      'images/',
      'repodata/',
    ]);
    expect(await listed(`${ADDON}/`)).toEqual(['Packages/', 'repodata/']);
    expect(await listed(`${ADDON}/Packages/o/`)).toEqual([
      'owl-1.0-1.noarch.rpm',
    ]);
    expect(await listed('images/')).toEqual(['boot.iso']);
    const treeinfo = await served('.treeinfo');
    for (const folder of ['', `${ADDON}/`]) {
      const repomd = await served(`${folder}repodata/repomd.xml`);
      const digest = tester.sha256(repomd!);
      expect(treeinfo).toContain(
        `${folder}repodata/repomd.xml = sha256:${digest}\n`,
      );
      expect(treeinfo).toContain(`packages = ${folder}Packages\n`);
    }
    expect(await served('Packages/l/lion-1.0-1.noarch.rpm')).toBe('a lion');
    expect(await served('Packages/o/owl-1.0-1.noarch.rpm')).toBeUndefined();
    const owl = `${ADDON}/Packages/o/owl-1.0-1.noarch.rpm`;
    expect(await served(owl)).toBe('an owl');
    expect(await served('images/boot.iso')).toBe('boot it');
    expect(await served('images/none')).toBeUndefined();
    // It has been fetched, verified and stored by now.
    const [{ images }] = await treesOf(repository);
    expect(images[0].artifact).toEqual(expect.any(String));
    const range = await tester.rpm
      .get(`${root}images/boot.iso`)
      .set('Range', 'bytes=0-3');
    expect(range.status).toBe(206);

    // Another version has another tree; the way back is one, too.
    change({ main: [LION], addon: [BAT] });
    await tester.synced(repository, {
      remote,
      sync_policy: 'mirror_content_only',
    });
    await tester.publish(repository);
    const bat = `${ADDON}/Packages/b/bat-1.0-1.noarch.rpm`;
    expect(await served(bat)).toBe('a bat');
    await tester.rpm.completed(
      await tester.rpm.post(`${repository}rollback/`, {
        version: 1,
        reason: 'owls are missed',
        publish: true,
      }),
    );
    const [line] = /^addons.*repomd\.xml = .*$/m.exec(treeinfo!)!;
    expect(await served('.treeinfo')).toContain(line);
    expect(await served(owl)).toBe('an owl');
  });
});

import { createHash } from 'crypto';
import { createTestDatabases } from '../../testing';
import {
  composePrimary,
  composeRepository,
  type ComposedFile,
  type ComposedPackage,
} from '../testing/composeRepository';
import { ADDON, composePackages, composeTree } from '../testing/composeTree';
import { SyncTester } from '../testing/SyncTester';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const LION: ComposedPackage = {
  name: 'lion',
  content: 'a lion',
  location: 'big/cats/LION^1.rpm',
};
const OWL: ComposedPackage = {
  name: 'owl',
  content: 'an owl',
  location: 'owl.rpm',
};
const COMPLETE = { sync_policy: 'mirror_complete' };

describe.each(databases.eachSupportedId())('mirrors on %p', databaseId => {
  let tester: SyncTester;
  let made = 0;

  beforeAll(async () => {
    tester = await SyncTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  /** A web server's folder, a remote for it, and a repository that syncs from it. */
  async function mirrorOf(files: Map<string, Uint8Array>, settings?: object) {
    made += 1;
    const name = `mirror-${made}`;
    const url = tester.server.compose(name, files);
    const remote = await tester.createRemote(url, settings);
    const repository = await tester.createRepository({ remote });
    return {
      repository,
      change: (changed: Map<string, Uint8Array>) =>
        tester.server.compose(name, changed),
    };
  }

  const complete = (repository: string, body: object = {}) =>
    tester.sync(repository, { ...COMPLETE, ...body });

  async function publicationsOf(repository: string): Promise<any[]> {
    const { body } = await tester.rpm.get(
      `publications/rpm/rpm/?repository=${repository}`,
    );
    return body.results;
  }

  it('have every file of the remote as it is, and packages in their places', async () => {
    const extra = 'read me';
    const files = composeRepository([
      { type: 'primary', content: composePrimary([LION, OWL]) },
      { type: 'productid', content: 'a certificate' },
      { type: 'primary_db', content: 'a database' },
    ]);
    files.set('big/cats/LION^1.rpm', Buffer.from('a lion'));
    files.set('owl.rpm', Buffer.from('an owl'));
    files.set('repodata/repomd.xml.asc', Buffer.from('a signature'));
    files.set('repodata/repomd.xml.key', Buffer.from('a key'));
    files.set('docs/README', Buffer.from(extra));
    files.set(
      'extra_files.json',
      Buffer.from(
        JSON.stringify({
          header: { version: '1.0' },
          data: [
            {
              file: 'docs/README',
              size: extra.length,
              checksums: {
                md5: 'whatever',
                sha256: createHash('sha256').update(extra).digest('hex'),
              },
            },
            { file: 'docs/gone', size: 1, checksums: {} },
          ],
        }),
      ),
    );
    const { repository } = await mirrorOf(files);
    const task = await complete(repository);
    expect(task).toMatchObject({
      state: 'completed',
      created_resources: [
        `${repository}versions/1/`,
        expect.stringMatching(/\/publications\/rpm\/rpm\//),
      ],
      result: {
        outcome: 'created',
        problems: [
          {
            file: 'extra_files.json',
            message: 'The remote does not have the file docs/gone.',
          },
        ],
      },
    });
    const publication = task.created_resources[1];
    expect((await tester.rpm.get(publication)).body).toMatchObject({
      repository,
      repository_version: `${repository}versions/1/`,
      checksum_type: 'unknown',
      compression_type: null,
      layout: null,
      repo_config: { repo_gpgcheck: 1 },
    });

    const root = await tester.distribute({
      repository,
      generate_repo_config: true,
    });
    for (const [path, content] of files) {
      expect([path, await tester.served(`${root}${encodeURI(path)}`)]).toEqual([
        path,
        Buffer.from(content).toString('latin1'),
      ]);
    }
    for (const path of ['', 'big/', 'big/cats/', 'docs/']) {
      expect(await tester.served(`${root}${path}`)).toMatch(/Index of/);
    }
    expect(await tester.served(`${root}big/cats/`)).toContain('LION%5E1.rpm');
    expect((await tester.rpm.get(`${root}big/cats`)).status).toBe(301);
    expect(await tester.served(`${root}Packages/`)).toBeUndefined();
    const config = await tester.served(`${root}config.repo`);
    expect(config).toContain('\nrepo_gpgcheck=1\n');
    expect(config).toMatch(/\ngpgkey=http\S+\/repodata\/repomd\.xml\.key\n/);
  });

  it('are published once while the remote stays as it is', async () => {
    const first = composePackages([LION]);
    const { repository, change } = await mirrorOf(first, {
      policy: 'immediate',
    });
    const { created_resources: created } = await complete(repository);
    expect(await publicationsOf(repository)).toMatchObject([
      { pulp_href: created[1], repo_config: { repo_gpgcheck: 0 } },
    ]);
    const skipped = await complete(repository);
    expect(skipped.progress_reports).toMatchObject([
      { code: 'sync.was_skipped' },
    ]);
    const full = await complete(repository, { optimize: false });
    expect(full).toMatchObject({
      state: 'completed',
      created_resources: [],
      result: { outcome: 'unchanged' },
    });
    expect(await publicationsOf(repository)).toHaveLength(1);

    // Somebody deletes it: then it is missing.
    await tester.rpm.delete(created[1]);
    const again = await complete(repository);
    expect(again.created_resources).toHaveLength(1);
    expect(await publicationsOf(repository)).toHaveLength(1);

    // The same packages under other metadata are the same version, published anew.
    const repomd = Buffer.from(first.get('repodata/repomd.xml')!)
      .toString()
      .replace('<revision>1<', '<revision>2<');
    change(new Map([...first, ['repodata/repomd.xml', Buffer.from(repomd)]]));
    const renewed = await complete(repository);
    expect(renewed.result).toMatchObject({ outcome: 'unchanged', number: 1 });
    expect(renewed.created_resources).toHaveLength(1);
    const root = await tester.distribute({ repository });
    expect(await tester.served(`${root}repodata/repomd.xml`)).toBe(repomd);

    // Other packages: another version, and exactly those.
    change(composePackages([OWL]));
    const changed = await complete(repository);
    expect(changed.created_resources).toHaveLength(2);
    expect(await tester.packages(repository)).toEqual(['owl-1.0-1.noarch.rpm']);
    expect(await tester.served(`${root}owl.rpm`)).toBe('an owl');
  });

  it('are made of what was added to before', async () => {
    const { repository } = await mirrorOf(composePackages([LION]));
    await tester.synced(repository, {});
    const task = await complete(repository);
    expect(task.created_resources).toEqual([
      expect.stringMatching(/\/publications\//),
    ]);
  });

  it('are asked for by the older option, too', async () => {
    const { repository } = await mirrorOf(composePackages([LION]));
    const task = await tester.sync(repository, { mirror: true });
    expect(task.created_resources).toHaveLength(2);
    const not = await tester.synced(repository, { mirror: false });
    expect(not.inputs.sync_policy).toBe('mirror_complete');
    const plain = await tester.synced(repository, {
      mirror: false,
      optimize: false,
    });
    expect(plain.outcome).toBe('unchanged');
    expect(await publicationsOf(repository)).toHaveLength(1);
  });

  it('serve a package that the remote has twice in both places', async () => {
    const twice: ComposedPackage[] = [
      { ...OWL, build: 1 },
      { ...OWL, location: 'new/owl.rpm', content: 'a new owl', build: 2 },
    ];
    const { repository } = await mirrorOf(composePackages(twice));
    await complete(repository);
    expect(await tester.present(repository)).toEqual({ 'rpm.package': 1 });
    const root = await tester.distribute({ repository });
    expect(await tester.served(`${root}owl.rpm`)).toBe('an owl');
    expect(await tester.served(`${root}new/owl.rpm`)).toBe('a new owl');
  });

  const primary = (pkg: ComposedPackage): ComposedFile => ({
    type: 'primary',
    content: composePrimary([pkg]),
  });

  it.each<[string, ComposedFile[], RegExp]>([
    [
      'a package at another address',
      [primary({ ...OWL, base: 'https://elsewhere.example/' })],
      /The package owl of .* has another base address \(xml:base\)/,
    ],
    [
      'a package above the root',
      [primary({ ...OWL, location: 'a/../../owl.rpm' })],
      /The package owl of .* "a\/..\/..\/owl.rpm", which leads out/,
    ],
    [
      'delta packages',
      [primary(OWL), { type: 'prestodelta', content: '<prestodelta/>' }],
      /delta packages \(repodata\/prestodelta\.xml\.gz\)/,
    ],
    [
      'metadata above the root',
      [primary(OWL), { type: 'x', content: 'x', location: '../x' }],
      /The file \.\.\/x of repomd\.xml has the location/,
    ],
  ])('are refused for %s', async (_, files, problem) => {
    const { repository } = await mirrorOf(composeRepository(files));
    const task = await complete(repository);
    expect(task.state).toBe('failed');
    expect(task.error.description).toMatch(/^\[RPM0006\]/);
    expect(task.error.description).toMatch(problem);
    expect(await tester.latest(repository)).toBe(0);
    expect(await publicationsOf(repository)).toEqual([]);
  });

  it('are refused for extra files that cannot be used', async () => {
    for (const [list, problem] of [
      ['[]', /^\[PLP0013\] The file extra_files\.json cannot be used/],
      [
        JSON.stringify({ data: [{ file: '../secret' }] }),
        /^\[RPM0006\] A file of extra_files\.json has the location/,
      ],
    ] as const) {
      const files = composePackages([OWL]);
      files.set('extra_files.json', Buffer.from(list));
      const { repository } = await mirrorOf(files);
      const task = await complete(repository);
      expect(task.error.description).toMatch(problem);
      expect(await tester.latest(repository)).toBe(0);
    }
  });

  it('have trees as they are', async () => {
    const files = composeTree({ main: [LION], addon: [OWL] });
    const { repository } = await mirrorOf(files);
    await complete(repository);
    const root = await tester.distribute({ repository });
    for (const [path, content] of files) {
      expect([path, await tester.served(`${root}${encodeURI(path)}`)]).toEqual([
        path,
        Buffer.from(content).toString('latin1'),
      ]);
    }
    expect(await tester.served(`${root}${ADDON}/`)).toContain('owl.rpm');
    const again = await complete(repository, { optimize: false });
    expect(again.created_resources).toEqual([]);
  });
});

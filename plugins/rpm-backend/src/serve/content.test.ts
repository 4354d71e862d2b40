import { DateTime } from 'luxon';
import { toTimestamp } from '../database/time';
import { CONTENT_ROOT } from '../identifiers';
import { PublishTester } from '../publish/testing/PublishTester';
import { createTestDatabases } from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('content on %p', databaseId => {
  let tester: PublishTester;

  beforeAll(async () => {
    tester = await PublishTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  describe('what a distribution serves', () => {
    it('is the newest publication of the newest version that has one', async () => {
      const repository = await tester.repositoryOf({ ant: {} });
      const base = await tester.distribute({ repository });
      expect((await tester.fetch(`${base}/`)).status).toBe(404);

      await tester.publish(repository);
      expect(await tester.list(`${base}/Packages/`)).toEqual(['a/']);
      await tester.add(repository, { bee: {} });
      expect(await tester.list(`${base}/Packages/`)).toEqual(['a/']);
      await tester.publish(repository, { layout: 'flat' });
      expect(await tester.list(`${base}/Packages/`)).toEqual([
        'ant-1.0-1.noarch.rpm',
        'bee-1.0-1.noarch.rpm',
      ]);
      await tester.publish(repository, {
        repository: undefined,
        repository_version: `${repository}versions/1/`,
      });
      expect(await tester.list(`${base}/Packages/`)).toHaveLength(2);
    });

    it('is the newest publication of its version', async () => {
      const repository = await tester.repositoryOf({ ant: {} });
      const version = `${repository}versions/1/`;
      const base = await tester.distribute({ repository_version: version });
      expect((await tester.fetch(`${base}/`)).status).toBe(404);
      await tester.publish(repository);
      await tester.publish(repository, { layout: 'flat' });
      await tester.add(repository, { bee: {} });
      await tester.publish(repository);
      expect(await tester.list(`${base}/Packages/`)).toEqual([
        'ant-1.0-1.noarch.rpm',
      ]);
    });

    it('is its publication', async () => {
      const repository = await tester.repositoryOf({ ant: {} });
      const { pulp_href: publication } = await tester.publish(repository);
      const base = await tester.distribute({ publication });
      await tester.add(repository, { bee: {} });
      await tester.publish(repository);
      expect(await tester.list(`${base}/Packages/`)).toEqual(['a/']);
    });

    it('stays there by exact path for clients in mid-update', async () => {
      const repository = await tester.repositoryOf({ ant: {} });
      const base = await tester.distribute({ repository });
      const first = await tester.publish(repository);
      await tester.storeFileOf('ant', Buffer.from('ant'));
      const [, primary] = await tester.list(`${base}/repodata/`);
      await tester.repositories.change(repository, { remove: '*' });
      await tester.publish(repository);

      const paths = [
        `${base}/repodata/${primary}`,
        `${base}/Packages/a/ant-1.0-1.noarch.rpm`,
      ];
      const statuses = async () =>
        Promise.all(paths.map(async path => (await tester.fetch(path)).status));
      expect(await statuses()).toEqual([200, 200]);
      expect(await tester.list(`${base}/`)).toEqual(['repodata/']);
      expect((await tester.fetch(`${base}/Packages/`)).status).toBe(404);

      // Replaced four days ago.
      const replaced = toTimestamp(DateTime.utc().minus({ days: 4 }));
      await tester
        .knex('publication')
        .whereNot('uuid', first.pulp_href.split('/').at(-2))
        .update({ created_at: replaced });
      expect(await statuses()).toEqual([404, 404]);
    });

    it('is nothing without a target', async () => {
      const base = await tester.distribute({});
      const reply = await tester.fetch(`${base}/repodata/repomd.xml`);
      expect(reply.status).toBe(404);
      expect(reply.headers['content-type']).toMatch(/^text\/plain/);
      expect(reply.body.toString()).toContain(
        'Distribution is not pointing to a publication, repository, repository version, or remote.',
      );
    });
  });

  describe('folders', () => {
    it('are listed under the layout of the publication', async () => {
      const repository = await tester.repositoryOf({ Wolf: {}, whale: {} });
      const base = await tester.distribute({ repository });
      await tester.publish(repository, { layout: 'nested_by_digest' });
      expect(await tester.list(`${base}/`)).toEqual(['Packages/', 'repodata/']);
      expect(await tester.list(`${base}/Packages/`)).toEqual(['w/']);
      expect(await tester.list(`${base}/Packages/w/`)).toEqual(['by-digest/']);
      const files = await tester.list(`${base}/Packages/w/by-digest/`);
      expect(files).toHaveLength(2);
      for (const file of files) {
        expect(file).toMatch(/^[0-9a-f]{6}-(Wolf|whale)-1\.0-1\.noarch\.rpm$/);
      }
      const metadata = await tester.list(`${base}/repodata/`);
      expect(metadata).toEqual([
        expect.stringMatching(/^[0-9a-f]{64}-(filelists|other|primary)/),
        expect.stringMatching(/^[0-9a-f]{64}-(filelists|other|primary)/),
        expect.stringMatching(/^[0-9a-f]{64}-(filelists|other|primary)/),
        'repomd.xml',
      ]);
      const page = await tester.text(`${base}/Packages/w/`);
      const path = `${CONTENT_ROOT}${base}/Packages/w/`;
      expect(page).toContain(`<title>Index of ${path}</title>`);
      expect(page).toContain(`<h1>Index of ${path}</h1>`);
    });

    describe('that are small', () => {
      let base: string;

      beforeAll(async () => {
        const repository = await tester.repositoryOf({ wolf: {} });
        base = await tester.distribute({ repository });
        await tester.publish(repository);
      });

      it('get their slash by a redirect that keeps the query', async () => {
        for (const folder of ['', '/repodata', '/Packages', '/Packages/w']) {
          const reply = await tester.fetch(`${base}${folder}?a=%2F&b`);
          expect([reply.status, reply.headers.location]).toEqual([
            301,
            `${CONTENT_ROOT}${base}${folder}/?a=%2F&b`,
          ]);
        }
        expect(await tester.rawStatus(CONTENT_ROOT.slice(0, -1))).toBe(301);
      });

      it.each([
        '/nothing',
        '/nothing/',
        '/Packages/x',
        '/Packages/x/',
        '/Packages/wolf/',
        '/Packages/w/by-digest/',
        '/repodata/nothing.xml',
        '/repodata/repomd.xml/',
        '/Packages/wolf-1.0-1.noarch.rpm',
        '/Packages/w/whale-1.0-1.noarch.rpm',
        '/wolf-1.0-1.noarch.rpm',
        '/config.repo',
      ])('do not hold %s', async path => {
        const reply = await tester.fetch(`${base}${path}`);
        expect(reply.status).toBe(404);
        expect(reply.headers['content-type']).toMatch(/^text\/plain/);
      });
    });

    it('at the root are the distributions that are not hidden', async () => {
      const shown = await tester.distribute({ base_path: 'shown/a+b' });
      await tester.distribute({ base_path: 'hidden/c', hidden: true });
      expect(shown).toBeDefined();
      const page = await tester.text('');
      expect(page).toContain('<a href="./shown/a+b/">shown/a+b/</a>');
      expect(page).not.toContain('hidden/c');
      expect((await tester.fetch('shown/')).status).toBe(404);
    });
  });

  it('is only read', async () => {
    for (const method of ['post', 'put', 'delete', 'options'] as const) {
      const reply = await tester.fetch('anything', method);
      expect([method, reply.status]).toEqual([method, 405]);
      expect(reply.headers.allow).toBe('GET, HEAD');
    }
  });

  it.each([
    '../',
    '../../../../../../../../../../etc/passwd',
    '%2e%2e/%2e%2e/',
    '..%2f..%2f..%2fetc%2fpasswd',
    'test/1/..%5C..%5C',
    'test/1/%00',
    'test//1/',
    'test/1/./repodata/',
    '%',
  ])('leads nowhere by %s', async path => {
    expect(await tester.rawStatus(`${CONTENT_ROOT}${path}`)).toBe(404);
  });

  it('leads nowhere by a path beyond all measure', async () => {
    expect(await tester.rawStatus(`${CONTENT_ROOT}${'a/'.repeat(3000)}`)).toBe(
      404,
    );
  });

  describe('config.repo', () => {
    it('tells dnf where it was found', async () => {
      const repository = await tester.repositories.create({
        repo_config: { priority: 10 },
      });
      const base = await tester.distribute({
        name: 'Shop (dev)',
        repository,
        generate_repo_config: true,
      });
      expect((await tester.fetch(`${base}/config.repo`)).status).toBe(404);
      await tester.publish(repository);
      expect(await tester.list(`${base}/`)).toEqual([
        'config.repo',
        'repodata/',
      ]);
      const text = await tester.text(`${base}/config.repo`);
      expect(text).toBe(`[Shopdev]
name=Shop (dev)
baseurl=http://localhost:7007${CONTENT_ROOT}${base}/
priority=10
repo_gpgcheck=0
gpgcheck=0
enabled=1
`);
    });
  });
});

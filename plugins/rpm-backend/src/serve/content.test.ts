import { createHash } from 'crypto';
import { connect } from 'net';
import { CONTENT_ROOT } from '../identifiers';
import { PublishTester } from '../publish/testing/PublishTester';
import { createTestDatabases } from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const BYTES = Buffer.from('These are the bytes of a package.');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

describe.each(databases.eachSupportedId())('content on %p', databaseId => {
  let tester: PublishTester;

  beforeAll(async () => {
    tester = await PublishTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  /** A request whose path no client library tidies up. */
  async function rawStatus(path: string): Promise<number> {
    const { port } = tester.rpm.backend.server.address() as { port: number };
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, 'localhost', () =>
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
        ),
      );
      let text = '';
      socket.on('data', data => {
        text += data;
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  }

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
        expect(await rawStatus(CONTENT_ROOT.slice(0, -1))).toBe(301);
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

  describe('files', () => {
    let base: string;
    let path: string;

    beforeAll(async () => {
      const repository = await tester.repositoryOf({
        fox: { version: '1.0^2+3~4' },
      });
      base = await tester.distribute({ repository });
      await tester.publish(repository);
      await tester.storeFileOf('fox', BYTES);
      path = `${base}/Packages/f/fox-1.0%5E2%2B3~4-1.noarch.rpm`;
    });

    it('come with what clients and proxies need to know', async () => {
      const reply = await tester.fetch(path);
      expect(reply.status).toBe(200);
      expect(reply.body.equals(BYTES)).toBe(true);
      expect(reply.headers).toMatchObject({
        'content-type': 'application/x-rpm',
        'content-length': String(BYTES.length),
        'x-pulp-artifact-size': String(BYTES.length),
        'accept-ranges': 'bytes',
        'cache-control': 'no-transform',
        etag: `"${SHA256}"`,
      });
      const head = await tester.fetch(path, 'head');
      expect(head.status).toBe(200);
      const {
        date: _,
        connection: __,
        'keep-alive': ___,
        ...same
      } = reply.headers;
      expect(head.headers).toMatchObject(same);
    });

    it.each(['^2%2B3~4', '^2+3~4', '%5e2%2b3%7E4'])(
      'are found however their names are encoded: %s',
      async encoded => {
        const status = await rawStatus(
          `${CONTENT_ROOT}${base}/Packages/f/fox-1.0${encoded}-1.noarch.rpm`,
        );
        expect(status).toBe(200);
      },
    );

    it.each([
      ['bytes=0-4', 206, 'These', 'bytes 0-4/33'],
      ['bytes=28-', 206, 'kage.', 'bytes 28-32/33'],
      ['bytes=-4', 206, 'age.', 'bytes 29-32/33'],
      ['bytes=33-', 416, undefined, 'bytes */33'],
      ['bytes=0-1,5-6', 200, BYTES.toString(), undefined],
      ['nonsense', 200, BYTES.toString(), undefined],
    ])('are served by range: %s', async (range, status, text, contentRange) => {
      const reply = await tester.fetch(path).set('Range', range);
      expect(reply.status).toBe(status);
      expect(reply.headers['content-range']).toBe(contentRange);
      if (text !== undefined) expect(reply.body.toString()).toBe(text);
    });

    it('are not sent again to who has them', async () => {
      const etag = `"${SHA256}"`;
      const fresh = await tester.fetch(path).set('If-None-Match', etag);
      expect(fresh.status).toBe(304);
      const other = await tester.fetch(path).set('If-None-Match', '"other"');
      expect(other.status).toBe(200);
      const changed = await tester
        .fetch(path)
        .set('Range', 'bytes=0-4')
        .set('If-Range', '"other"');
      expect(changed.status).toBe(200);
      const failed = await tester.fetch(path).set('If-Match', '"other"');
      expect(failed.status).toBe(412);
    });

    it('of the metadata have their types', async () => {
      const repomd = await tester.fetch(`${base}/repodata/repomd.xml`);
      expect(repomd.headers).toMatchObject({
        'content-type': 'text/xml',
        'cache-control': 'no-cache, no-transform',
      });
      const files = await tester.list(`${base}/repodata/`);
      const primary = await tester.fetch(
        `${base}/repodata/${files.find(file => file.includes('primary'))}`,
      );
      expect(primary.headers).toMatchObject({
        'content-type': 'application/gzip',
        'cache-control': 'no-transform',
      });
      expect(primary.headers['content-encoding']).toBeUndefined();
    });

    it('are 404 when there is neither a file nor a remote', async () => {
      const repository = await tester.repositoryOf({ gnu: {} });
      const other = await tester.distribute({ repository });
      await tester.publish(repository);
      const reply = await tester.fetch(
        `${other}/Packages/g/gnu-1.0-1.noarch.rpm`,
      );
      expect(reply.status).toBe(404);
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
    expect(await rawStatus(`${CONTENT_ROOT}${path}`)).toBe(404);
  });

  it('leads nowhere by a path beyond all measure', async () => {
    expect(await rawStatus(`${CONTENT_ROOT}${'a/'.repeat(3000)}`)).toBe(404);
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

import { createHash } from 'crypto';
import { CONTENT_ROOT } from '../identifiers';
import { PublishTester } from '../publish/testing/PublishTester';
import { createTestDatabases } from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const BYTES = Buffer.from('These are the bytes of a package.');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

describe.each(databases.eachSupportedId())('stored files on %p', databaseId => {
  let tester: PublishTester;
  let base: string;
  let path: string;

  beforeAll(async () => {
    tester = await PublishTester.start(await databases.init(databaseId));
    const repository = await tester.repositoryOf({
      fox: { version: '1.0^2+3~4' },
    });
    base = await tester.distribute({ repository });
    await tester.publish(repository);
    await tester.storeFileOf('fox', BYTES);
    path = `${base}/Packages/f/fox-1.0%5E2%2B3~4-1.noarch.rpm`;
  });

  afterAll(() => tester.stop());

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
      const status = await tester.rawStatus(
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

  it('run no scripts in browsers, on the origin of the portal', async () => {
    for (const [place, policy] of [
      [path, "default-src 'none'; sandbox"],
      [`${base}/repodata/repomd.xml`, "default-src 'none'; sandbox"],
      [`${base}/repodata/`, "default-src 'none'"],
    ]) {
      const { headers } = await tester.fetch(place);
      expect(headers).toMatchObject({
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
      });
    }
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

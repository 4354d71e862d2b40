import { createHash } from 'crypto';
import { recordRemoteArtifacts } from '../database/operations/content-units';
import { TestServer } from '../download/testing/TestServer';
import { CONTENT_ROOT } from '../identifiers';
import { PublishTester } from '../publish/testing/PublishTester';
import { createTestDatabases } from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const SIZE = 300_000;

describe.each(databases.eachSupportedId())('remote files on %p', databaseId => {
  let tester: PublishTester;
  let upstream: TestServer;
  let made = 0;

  beforeAll(async () => {
    tester = await PublishTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());
  beforeEach(async () => {
    upstream = await TestServer.start();
  });
  afterEach(() => upstream.stop());

  interface PublishedFile {
    /** Below the content root. */
    path: string;
    bytes: Buffer;
    /** On the upstream server. */
    source: string;
    isStored(): Promise<boolean>;
  }

  /** Publishes a package whose file is at a remote. */
  async function publishFile(policy = 'on_demand'): Promise<PublishedFile> {
    made += 1;
    const name = `file${made}`;
    const bytes = Buffer.alloc(SIZE, `${name} `);
    const { body: remote } = await tester.rpm.post('remotes/rpm/rpm/', {
      name,
      url: upstream.url,
      policy,
      max_retries: 0,
    });
    const repository = await tester.repositoryOf({
      [name]: {
        pkgId: createHash('sha256').update(bytes).digest('hex'),
        sizePackage: SIZE,
      },
    });
    const { unit_id: unitId, pkg_id: checksum } = await tester
      .knex('rpm_package')
      .where({ name })
      .first();
    const { id: remoteId } = await tester
      .knex('remote')
      .where({ uuid: remote.pulp_href.split('/').at(-2) })
      .first();
    await recordRemoteArtifacts(tester.knex, [
      {
        unit_id: unitId,
        remote_id: remoteId,
        url: `${upstream.url}${name}.rpm`,
        size: SIZE,
        checksum_type: 'sha256',
        checksum,
      },
    ]);
    const base = await tester.distribute({ repository });
    await tester.publish(repository);
    return {
      path: `${base}/Packages/f/${name}-1.0-1.noarch.rpm`,
      bytes,
      source: `/${name}.rpm`,
      isStored: async () =>
        Boolean(
          await tester.knex('unit_artifact').where('unit_id', unitId).first(),
        ),
    };
  }

  /** What a client gets, whole or not. */
  async function download(
    path: string,
  ): Promise<{ bytes: Buffer; isComplete: boolean }> {
    const { port } = tester.rpm.backend.server.address() as { port: number };
    const reply = await fetch(`http://localhost:${port}${CONTENT_ROOT}${path}`);
    const chunks: Uint8Array[] = [];
    let isComplete = true;
    try {
      for await (const chunk of reply.body!) chunks.push(chunk);
    } catch {
      isComplete = false;
    }
    return { bytes: Buffer.concat(chunks), isComplete };
  }

  it('are fetched when they are asked for, and kept', async () => {
    const { path, bytes, source, isStored } = await publishFile();
    upstream.on(source, bytes.toString());
    const head = await tester.fetch(path, 'head');
    expect([head.status, head.headers['content-length']]).toEqual([
      200,
      String(SIZE),
    ]);
    expect(upstream.requests).toHaveLength(0);

    const first = await tester.fetch(path);
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({
      'content-type': 'application/x-rpm',
      'content-length': String(SIZE),
      'x-pulp-artifact-size': String(SIZE),
      'cache-control': 'no-transform',
    });
    expect(first.body.equals(bytes)).toBe(true);
    expect(await isStored()).toBe(true);

    const second = await tester.fetch(path);
    expect(second.headers.etag).toBe(first.headers.etag);
    expect(second.body.equals(bytes)).toBe(true);
    expect(upstream.requests).toHaveLength(1);
  });

  it('are not kept when the remote says so', async () => {
    const { path, bytes, source, isStored } = await publishFile('streamed');
    upstream.on(source, bytes.toString());
    for (const requests of [1, 2]) {
      expect((await download(path)).bytes.equals(bytes)).toBe(true);
      expect(upstream.requests).toHaveLength(requests);
    }
    expect(await isStored()).toBe(false);
  });

  it('are fetched once for all who ask at the same time', async () => {
    const { path, bytes, source } = await publishFile();
    upstream.on(source, (_, response) => {
      response.write(bytes.subarray(0, 1000));
      setTimeout(() => response.end(bytes.subarray(1000)), 300);
    });
    const all = await Promise.all(
      Array.from({ length: 20 }, () => download(path)),
    );
    for (const got of all) {
      expect(got.isComplete).toBe(true);
      expect(got.bytes.equals(bytes)).toBe(true);
    }
    expect(upstream.requests).toHaveLength(1);
  });

  it('are passed on while they come', async () => {
    const { path, bytes, source } = await publishFile();
    let finish = () => {};
    upstream.on(source, (_, response) => {
      response.write(bytes.subarray(0, 100_000));
      finish = () => response.end(bytes.subarray(100_000));
    });
    const { port } = tester.rpm.backend.server.address() as { port: number };
    const reply = await fetch(`http://localhost:${port}${CONTENT_ROOT}${path}`);
    const reader = reply.body!.getReader();
    const { value } = await reader.read();
    expect(value!.byteLength).toBeGreaterThan(0);
    finish();
    let size = value!.byteLength;
    for (;;) {
      const { done, value: more } = await reader.read();
      if (done) break;
      size += more.byteLength;
    }
    expect(size).toBe(SIZE);
  });

  it.each([
    ['have another checksum', (bytes: Buffer) => Buffer.alloc(bytes.length)],
    ['are too long', (bytes: Buffer) => Buffer.concat([bytes, bytes])],
    ['are too short', (bytes: Buffer) => bytes.subarray(1)],
  ])('that %s never arrive whole, nor stay', async (_, spoil) => {
    const { path, bytes, source, isStored } = await publishFile();
    upstream.on(source, (__, response) => {
      // Without its length, so that only the content can tell.
      response.write(spoil(bytes).subarray(0, 10));
      response.end(spoil(bytes).subarray(10));
    });
    const got = await download(path);
    expect(got.isComplete).toBe(false);
    expect(got.bytes.length).toBeLessThan(SIZE);
    expect(await isStored()).toBe(false);

    // The source is left alone for a while.
    expect((await tester.fetch(path)).status).toBe(502);
    expect(upstream.requests).toHaveLength(1);
  });

  it('are 502 when no remote has them, and without details', async () => {
    const { path, bytes, source } = await publishFile();
    const reply = await tester.fetch(path);
    expect(reply.status).toBe(502);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.body.toString()).not.toContain('localhost');
    upstream.on(source, bytes.toString());
    expect((await tester.fetch(path)).status).toBe(200);
  });

  it('are fetched whole for a range of them', async () => {
    const { path, bytes, source, isStored } = await publishFile();
    upstream.on(source, bytes.toString());
    const reply = await tester.fetch(path).set('Range', 'bytes=10-19');
    expect(reply.status).toBe(206);
    expect(reply.headers['content-range']).toBe(`bytes 10-19/${SIZE}`);
    expect(reply.body.equals(bytes.subarray(10, 20))).toBe(true);
    expect(await isStored()).toBe(true);
  });

  it('are fetched to their end for the next one when a client leaves', async () => {
    const { path, bytes, source, isStored } = await publishFile();
    let finish = () => {};
    upstream.on(source, (_, response) => {
      response.write(bytes.subarray(0, 100_000));
      finish = () => response.end(bytes.subarray(100_000));
    });
    const { port } = tester.rpm.backend.server.address() as { port: number };
    const leaving = new AbortController();
    const reply = await fetch(
      `http://localhost:${port}${CONTENT_ROOT}${path}`,
      { signal: leaving.signal },
    );
    await reply.body!.getReader().read();
    leaving.abort();
    finish();
    expect((await download(path)).bytes.equals(bytes)).toBe(true);
    expect(upstream.requests).toHaveLength(1);
    expect(await isStored()).toBe(true);
  });
});

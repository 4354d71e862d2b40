import { mockServices } from '@backstage/backend-test-utils';
import { createHash } from 'crypto';
import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { pathToFileURL } from 'url';
import type { RemotePolicy } from '../remote/remoteRules';
import type { RemoteRecord } from '../remote/types';
import { ArtifactMismatchError } from '../storage';
import { DownloadError } from './DownloadError';
import { RemoteDownloader } from './RemoteDownloader';
import { readText, testRemote } from './testing/remotes';
import { TestServer } from './testing/TestServer';

const ANY = { maxSize: 1_000_000 };
const TEXT = 'walrus';
const SHA256 = createHash('sha256').update(TEXT).digest('hex');

describe('RemoteDownloader', () => {
  let server: TestServer;
  let folder: string;
  let downloader: RemoteDownloader;
  const opened: RemoteDownloader[] = [];

  beforeEach(async () => {
    server = await TestServer.start();
    folder = await mkdtemp(join(tmpdir(), 'rpm-download-'));
    downloader = open();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(each => each.close()));
    await server.stop();
    await rm(folder, { recursive: true });
  });

  function open(
    remote: Partial<Pick<RemoteRecord, 'url' | 'settings' | 'secrets'>> = {},
    options: { policy?: RemotePolicy; signal?: AbortSignal } = {},
  ): RemoteDownloader {
    const made = new RemoteDownloader({
      remote: testRemote(
        remote.url ?? server.url,
        remote.settings,
        remote.secrets,
      ),
      policy: { allowedImportPaths: [] },
      logger: mockServices.logger.mock(),
      backoffMilliseconds: 1,
      ...options,
    });
    opened.push(made);
    return made;
  }

  async function fetchText(location: string, from = downloader) {
    return from.fetch(location, ANY, ({ body }) => readText(body));
  }

  /** The one sentence that a failed download tells. */
  async function failure(download: Promise<unknown>): Promise<DownloadError> {
    const error = await download.then(
      () => undefined,
      thrown => thrown,
    );
    expect(error).toBeInstanceOf(DownloadError);
    return error;
  }

  describe('files', () => {
    it('fetches a file below the URL of the remote, encoded', async () => {
      server.on('/a%2Bb%5E1%20c.rpm', TEXT);
      const path = await downloader.fetchToFile('a+b^1 c.rpm', folder, {
        size: 6,
        checksum: { type: 'sha256', value: SHA256 },
      });
      expect(await readFile(path, 'utf8')).toBe(TEXT);
    });

    it.each([
      ['too short', { size: 7 }],
      ['too long', { size: 5 }],
      ['of the wrong checksum', { size: 6, checksum: '00' }],
    ])('refuses a file that is %s, after a second look', async (_, what) => {
      server.on('/a.rpm', TEXT);
      const { size, checksum } = { checksum: SHA256, ...what };
      const refused = downloader.fetchToFile('a.rpm', folder, {
        size,
        checksum: { type: 'sha256', value: checksum },
      });
      await expect(refused).rejects.toBeInstanceOf(ArtifactMismatchError);
      await expect(refused).rejects.toThrow(`${server.url}a.rpm`);
      expect(server.requests).toHaveLength(2);
      expect(await readdir(folder)).toEqual([]);
    });

    it('takes a file that is right at the second look', async () => {
      let requests = 0;
      server.on('/a.rpm', (_, response) => {
        requests += 1;
        response.end(requests === 1 ? 'wrong!' : TEXT);
      });
      const path = await downloader.fetchToFile('a.rpm', folder, {
        size: 6,
        checksum: { type: 'sha256', value: SHA256 },
      });
      expect(await readFile(path, 'utf8')).toBe(TEXT);
      expect(await readdir(folder)).toHaveLength(1);
    });

    it('stops at the largest size that is allowed', async () => {
      server.on('/endless', (_, response) => {
        const write = () => {
          while (response.write(Buffer.alloc(65_536)));
        };
        response.on('drain', write);
        write();
      });
      const error = await failure(
        downloader.fetchToFile('endless', folder, ANY),
      );
      expect(error.code).toBe('PLP0004');
      expect(error.message).toBe(
        `${server.url}endless is larger than the allowed 1000000 bytes.`,
      );
      expect(server.requests).toHaveLength(1);
    });

    it('fetches again what the consumer could not read to its end', async () => {
      let requests = 0;
      server.on('/a.rpm', (_, response) => {
        requests += 1;
        response.setHeader('content-length', 6);
        if (requests > 1) response.end(TEXT);
        else response.write('wal', () => response.destroy());
      });
      expect(await fetchText('a.rpm')).toBe(TEXT);
      expect(requests).toBe(2);
    });
  });

  describe('answers', () => {
    it.each([404, 403, 401, 410])('takes %s for final', async status => {
      server.on('/a.rpm', (_, response) => response.writeHead(status).end());
      const error = await failure(fetchText('a.rpm'));
      expect(error).toMatchObject({ status, code: 'PLP0025' });
      expect(error.message).toMatch(
        new RegExp(`^The server answered ${status} \\(.*\\) for ${server.url}`),
      );
      expect(server.requests).toHaveLength(1);
    });

    it.each([500, 502, 503, 429])('tries again after %s', async status => {
      let requests = 0;
      server.on('/a.rpm', (_, response) => {
        requests += 1;
        if (requests < 3) response.writeHead(status).end();
        else response.end(TEXT);
      });
      expect(await fetchText('a.rpm')).toBe(TEXT);
    });

    it('gives up after 4 retries, or as many as the remote says', async () => {
      server.on('/a.rpm', (_, response) => response.writeHead(503).end());
      await failure(fetchText('a.rpm'));
      expect(server.requests).toHaveLength(5);
      await failure(fetchText('a.rpm', open({ settings: { max_retries: 1 } })));
      expect(server.requests).toHaveLength(7);
    });

    it('waits as long as the server asks', async () => {
      let first: number | undefined;
      let waited = 0;
      server.on('/a.rpm', (_, response) => {
        if (first === undefined) {
          first = Date.now();
          response.writeHead(503, { 'retry-after': '1' }).end();
        } else {
          waited = Date.now() - first;
          response.end(TEXT);
        }
      });
      await fetchText('a.rpm');
      expect(waited).toBeGreaterThan(900);
    });

    it('says when the connection breaks off', async () => {
      server.on('/a.rpm', (_, response) => {
        response.setHeader('content-length', 100);
        response.write('wal', () => response.destroy());
      });
      const error = await failure(fetchText('a.rpm'));
      expect(error.code).toBe('PLP0027');
      expect(error.message).toBe(
        `The connection broke off while ${server.url}a.rpm was fetched.`,
      );
      expect(server.requests).toHaveLength(5);
    });

    it('says when nothing listens', async () => {
      const gone = await TestServer.start();
      await gone.stop();
      const error = await failure(fetchText('a.rpm', open({ url: gone.url })));
      expect(error).toMatchObject({ code: 'PLP0027' });
      expect(error.message).toContain('ECONNREFUSED');
    });

    it('says when a host name does not exist', async () => {
      const url = 'http://no-such-host.invalid/';
      const error = await failure(fetchText('a.rpm', open({ url })));
      expect(error.code).toBe('PLP0008');
      expect(error.message).toBe(
        'The host name in http://no-such-host.invalid/a.rpm cannot be resolved.',
      );
    });

    it.each([
      ['to send anything', { sock_read_timeout: 0.2 }],
      ['as a whole', { total_timeout: 0.2005 }],
    ])('says when the server takes too long %s', async (_, timeouts) => {
      server.on('/slow', () => {});
      server.on('/stuck', (__, response) => response.write('wal'));
      const patient = open({ settings: { ...timeouts, max_retries: 0 } });
      for (const path of ['slow', 'stuck']) {
        const error = await failure(fetchText(path, patient));
        expect(error.code).toBe('PLP0005');
        expect(error.message).toBe(
          `Fetching ${server.url}${path} took too long.`,
        );
      }
    });
  });

  describe('redirects', () => {
    it('follows them', async () => {
      server.on('/old', (_, response) =>
        response.writeHead(302, { location: '/new' }).end('gone'),
      );
      server.on('/new', TEXT);
      expect(await fetchText('old')).toBe(TEXT);
    });

    it('fails clearly in a loop', async () => {
      server.on('/loop', (_, response) =>
        response.writeHead(301, { location: '/loop' }).end(),
      );
      const error = await failure(fetchText('loop'));
      expect(error.message).toBe(
        `${server.url}loop redirects more than 10 times.`,
      );
      expect(server.requests).toHaveLength(11);
    });

    it.each(['file:///etc/passwd', 'http://[', ''])(
      'does not follow one to "%s"',
      async location => {
        server.on('/a.rpm', (_, response) =>
          response.writeHead(302, location ? { location } : {}).end(),
        );
        const error = await failure(fetchText('a.rpm'));
        expect(error.message).toContain(`${server.url}a.rpm redirects to an`);
      },
    );

    it('does not tell secrets to other hosts', async () => {
      const other = await TestServer.start();
      other.on('/a.rpm', TEXT);
      server.on('/a.rpm?token', (_, response) =>
        response.writeHead(302, { location: `${other.url}a.rpm` }).end(),
      );
      const trusting = open({
        settings: { headers: [{ 'X-Token': 'x' }], sles_auth_token: 'token' },
        secrets: { username: 'me', password: 'secret' },
      });
      expect(await fetchText('a.rpm', trusting)).toBe(TEXT);
      await other.stop();

      const [own] = server.requests;
      expect(own.headers).toMatchObject({
        authorization: `Basic ${Buffer.from('me:secret').toString('base64')}`,
        'x-token': 'x',
      });
      const [foreign] = other.requests;
      expect(foreign.headers).not.toHaveProperty('authorization');
      expect(foreign.headers).not.toHaveProperty('x-token');
    });
  });

  describe('hosts', () => {
    it('reaches allowed hosts only, also after redirects', async () => {
      server.on('/a.rpm', (_, response) =>
        response.writeHead(302, { location: 'http://evil.example/b' }).end(),
      );
      const policy = { allowedImportPaths: [], allowedHosts: ['LOCALHOST'] };
      const allowed = await failure(fetchText('a.rpm', open({}, { policy })));
      expect(allowed.message).toBe(
        'http://evil.example/b is on a host that the configuration does not allow.',
      );
      expect(server.requests).toHaveLength(1);

      const none = { allowedImportPaths: [], allowedHosts: ['*.localhost'] };
      await failure(fetchText('a.rpm', open({}, { policy: none })));
      expect(server.requests).toHaveLength(1);
    });
  });

  describe('limits', () => {
    /** How many downloads run at once when all of them wait for each other. */
    async function peak(
      limit: number,
      settings: RemoteRecord['settings'],
    ): Promise<number> {
      const waiting: (() => void)[] = [];
      let most = 0;
      server.on('/a.rpm', (_, response) => {
        waiting.push(() => response.end(TEXT));
        most = Math.max(most, waiting.length);
        if (waiting.length === limit) {
          // Time for one more to come, if it may.
          setTimeout(() => waiting.splice(0).forEach(end => end()), 50);
        }
      });
      const limited = open({ settings });
      await Promise.all(
        Array.from({ length: 2 * limit }, () => fetchText('a.rpm', limited)),
      );
      return most;
    }

    it('downloads at most 7 files at once, or as many as the remote says', async () => {
      expect(await peak(7, {})).toBe(7);
      expect(await peak(2, { download_concurrency: 2 })).toBe(2);
    });

    it('starts no more downloads a second than the remote says', async () => {
      server.on('/a.rpm', TEXT);
      const limited = open({ settings: { rate_limit: 20 } });
      const start = Date.now();
      await Promise.all(
        Array.from({ length: 5 }, () => fetchText('a.rpm', limited)),
      );
      expect(Date.now() - start).toBeGreaterThanOrEqual(195);
    });

    it('gives its place free when a download fails or is closed', async () => {
      server.on('/a.rpm', TEXT);
      const limited = open({ settings: { download_concurrency: 1 } });
      await failure(fetchText('missing', limited));
      const stream = await limited.stream('a.rpm', ANY);
      await stream.close();
      expect(await fetchText('a.rpm', limited)).toBe(TEXT);
    });
  });

  describe('streams', () => {
    it('passes a file on', async () => {
      server.on('/a.rpm', (_, response) =>
        response
          .writeHead(200, {
            'content-length': 6,
            'content-type': 'application/x-rpm',
          })
          .end(TEXT),
      );
      const stream = await downloader.stream('a.rpm', { size: 6 });
      expect(stream).toMatchObject({
        status: 200,
        size: 6,
        contentType: 'application/x-rpm',
        url: `${server.url}a.rpm`,
      });
      expect(await readText(stream.body)).toBe(TEXT);
    });

    it('passes a part of a file on', async () => {
      server.on('/a.rpm', (request, response) => {
        expect(request.headers.range).toBe('bytes=3-5');
        response
          .writeHead(206, { 'content-range': 'bytes 3-5/6' })
          .end(TEXT.slice(3));
      });
      const stream = await downloader.stream(
        'a.rpm',
        { size: 6 },
        { range: 'bytes=3-5' },
      );
      expect(stream).toMatchObject({
        status: 206,
        contentRange: 'bytes 3-5/6',
      });
      expect(await readText(stream.body)).toBe('rus');
    });
  });

  it('ends with its signal, also while it waits', async () => {
    server.on('/slow', () => {});
    server.on('/busy', (_, response) => response.writeHead(503).end());
    for (const path of ['slow', 'busy']) {
      const abort = new AbortController();
      const ended = fetchText(
        path,
        open({ settings: { max_retries: 100 } }, { signal: abort.signal }),
      );
      setTimeout(() => abort.abort(), 50);
      await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  describe('proxies', () => {
    let proxy: TestServer;
    beforeEach(async () => {
      proxy = await TestServer.start();
      proxy.actAsProxy('me:secret');
    });
    afterEach(() => proxy.stop());

    it('asks the proxy of the remote, with its login', async () => {
      const proxied = open({
        url: 'http://upstream.invalid/repo/',
        settings: { proxy_url: proxy.url },
        secrets: { proxy_username: 'me', proxy_password: 'secret' },
      });
      expect(await fetchText('a.rpm', proxied)).toBe(
        'proxied http://upstream.invalid/repo/a.rpm',
      );
    });

    it('asks no proxy on a host that is not allowed', async () => {
      const proxied = open(
        {
          url: 'http://upstream.invalid/repo/',
          settings: { proxy_url: proxy.url },
        },
        {
          policy: {
            allowedImportPaths: [],
            allowedHosts: ['upstream.invalid'],
          },
        },
      );
      const error = await failure(fetchText('a.rpm', proxied));
      expect(error.message).toContain('does not allow');
      expect(proxy.requests).toEqual([]);
    });

    it.each(['http', 'https'])('says when a login is refused (%s)', async s => {
      const proxied = open({
        url: `${s}://upstream.invalid/`,
        settings: { proxy_url: proxy.url },
        secrets: { proxy_username: 'me', proxy_password: 'wrong' },
      });
      const error = await failure(fetchText('a.rpm', proxied));
      expect(error.code).toBe('PLP0010');
      expect(error.message).not.toContain('wrong');
      expect(proxy.requests).toHaveLength(1);
    });
  });

  describe('local files', () => {
    let policy: RemotePolicy;
    let local: RemoteDownloader;

    beforeEach(async () => {
      const repository = join(folder, 'allowed', 'repo');
      await mkdir(join(repository, 'Packages'), { recursive: true });
      await writeFile(join(repository, 'Packages', 'a+b^1 c.rpm'), TEXT);
      await writeFile(join(folder, 'secret'), 'secret');
      await symlink(join(folder, 'secret'), join(repository, 'link'));
      await symlink(
        join(repository, 'Packages', 'a+b^1 c.rpm'),
        join(repository, 'inside'),
      );
      policy = { allowedImportPaths: [join(folder, 'allowed')] };
      local = open({ url: `${pathToFileURL(repository)}/` }, { policy });
    });

    it('fetches files of an allowed folder', async () => {
      expect(await fetchText('Packages/a+b^1 c.rpm', local)).toBe(TEXT);
      expect(await fetchText('inside', local)).toBe(TEXT);
      const stream = await local.stream('inside', ANY);
      expect(stream).toMatchObject({ status: 200, size: 6 });
      await stream.close();
    });

    it.each(['../../secret', '..%2F..%2Fsecret', 'link'])(
      'does not leave it by %s',
      async location => {
        await expect(fetchText(location, local)).rejects.toBeInstanceOf(
          DownloadError,
        );
      },
    );

    it('says that a file is missing as servers do', async () => {
      const error = await failure(fetchText('missing', local));
      expect(error.status).toBe(404);
      expect(error.message).toMatch(/^file:\/\/.*\/missing does not exist\.$/);
    });

    it('does not read folders', async () => {
      const error = await failure(fetchText('Packages', local));
      expect(error.message).toMatch(/is not a file\.$/);
    });

    it('are not for the metadata of a web server to name', async () => {
      const url = pathToFileURL(join(folder, 'allowed', 'repo', 'inside')).href;
      const error = await failure(fetchText(url, open({}, { policy })));
      expect(error.message).toBe(
        `${server.url} names a location that is a local file.`,
      );
    });
  });
});

import { DateTime } from 'luxon';
import { toStamp } from '../checkpoint';
import { CONTENT_ROOT } from '../identifiers';
import { PublishTester } from '../publish/testing/PublishTester';
import { createTestDatabases } from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const FIRST = '20250130T203000Z';
const SECOND = '20250131T203000Z';

describe.each(databases.eachSupportedId())('checkpoints on %p', databaseId => {
  let tester: PublishTester;
  let repository: string;
  let base: string;

  /** Publishes a checkpoint as of an earlier day. */
  async function publishCheckpoint(stamp: string): Promise<void> {
    const { pulp_href: href } = await tester.publish(repository, {
      checkpoint: true,
    });
    await tester
      .knex('publication')
      .where('uuid', href.split('/').at(-2))
      .update({ checkpoint_stamp: stamp });
  }

  // ant at the first checkpoint, ant and bee at the second; cat is published, but no checkpoint.
  beforeAll(async () => {
    tester = await PublishTester.start(await databases.init(databaseId));
    repository = await tester.repositoryOf(
      { ant: {} },
      { repo_config: { priority: 10 } },
    );
    await publishCheckpoint(FIRST);
    await tester.add(repository, { bee: {} });
    await publishCheckpoint(SECOND);
    await tester.add(repository, { cat: {} });
    await tester.publish(repository);
    base = await tester.distribute({
      name: 'shop',
      repository,
      checkpoint: true,
      generate_repo_config: true,
    });
  });
  afterAll(() => tester.stop());

  const answerOf = async (path: string) => {
    const { status, headers } = await tester.fetch(`${base}${path}`);
    return {
      status,
      location: headers.location?.replace(`${CONTENT_ROOT}${base}`, ''),
      cache: headers['cache-control'],
    };
  };

  it('are listed below the base path', async () => {
    expect(await tester.list(`${base}/`)).toEqual([`${FIRST}/`, `${SECOND}/`]);
    const page = await tester.text(`${base}/`);
    const title = `Index of ${CONTENT_ROOT}${base}/`;
    expect(page).toContain(`<title>${title}</title>`);
    expect(page).toContain(`<h1>${title}</h1>`);
    expect(page).toContain('30-Jan-2025 20:30');
  });

  it.each(['', `/${FIRST}`, '/20250131T000000Z', `/${FIRST}/repodata`])(
    'get the slash at the end of %j',
    async path => {
      expect(await answerOf(`${path}?x=1`)).toMatchObject({
        status: 301,
        location: `${path}/?x=1`,
      });
    },
  );

  it('serve what was published then, and nothing else', async () => {
    const packages = async (stamp: string) =>
      tester.list(`${base}/${stamp}/Packages/`);
    expect(await packages(FIRST)).toEqual(['a/']);
    expect(await packages(SECOND)).toEqual(['a/', 'b/']);
    const root = `${base}/${FIRST}`;
    expect(await tester.list(`${root}/`)).toEqual([
      'Packages/',
      'config.repo',
      'repodata/',
    ]);
    expect(await tester.text(`${root}/`)).toContain(
      `<h1>Index of ${CONTENT_ROOT}${root}/</h1>`,
    );
    const repomd = await tester.fetch(`${root}/repodata/repomd.xml`);
    expect(repomd.status).toBe(200);
    expect(repomd.headers['cache-control']).toBe('no-cache, no-transform');
  });

  it.each([
    ['between two', '20250131T202959Z', FIRST],
    ['after the last', '20250201T000000Z', SECOND],
    ['that is now', toStamp(DateTime.utc()), SECOND],
  ])('answer for a time %s by a passing redirect', async (_, stamp, found) => {
    for (const rest of ['/', '/repodata/repomd.xml?a=b&c', '/no/such/file']) {
      expect(await answerOf(`/${stamp}${rest}`)).toEqual({
        status: 302,
        location: `/${found}${rest}`,
        cache: 'no-store',
      });
    }
  });

  it('answer for the time of an ordinary publication so, too', async () => {
    const { body } = await tester.rpm.get(
      `publications/rpm/rpm/?repository=${repository}&checkpoint=false`,
    );
    const stamp = toStamp(DateTime.fromISO(body.results[0].pulp_created));
    expect(await answerOf(`/${stamp}/`)).toMatchObject({
      status: 302,
      location: `/${SECOND}/`,
    });
  });

  it.each([
    ['before the first', '20250130T202959Z'],
    ['in the future', toStamp(DateTime.utc().plus({ hours: 1 }))],
    ['that is malformed', 'invalid_ts'],
    ['that is followed by more', `${FIRST}x`],
    ['that is impossible', '20259928T092752Z'],
  ])('answer 404 for a time %s', async (_, stamp) => {
    for (const rest of ['', '/', '/repodata/repomd.xml']) {
      expect(await answerOf(`/${stamp}${rest}`)).toEqual({
        status: 404,
        location: undefined,
        cache: 'no-store',
      });
    }
  });

  it.each([
    '/Packages/b/bee-1.0-1.noarch.rpm',
    '/Packages/c/cat-1.0-1.noarch.rpm',
    '/Packages/c/',
    '/repodata/nothing.xml',
    '/nothing/',
  ])('do not hold %s before its time', async path => {
    expect((await answerOf(`/${FIRST}${path}`)).status).toBe(404);
  });

  it('give no metadata of another publication away', async () => {
    const plain = await tester.distribute({ repository });
    const [file] = await tester.list(`${plain}/repodata/`);
    expect((await tester.fetch(`${plain}/repodata/${file}`)).status).toBe(200);
    for (const stamp of [FIRST, SECOND]) {
      const path = `/${stamp}/repodata/${file}`;
      expect((await answerOf(path)).status).toBe(404);
    }
  });

  it('have a config.repo each, whose address works', async () => {
    expect((await answerOf('/config.repo')).status).toBe(404);
    const path = `${base}/${FIRST}/config.repo`;
    const text = await tester.text(path);
    const origin = 'http://localhost:7007';
    expect(text).toBe(`[shop]
name=shop
baseurl=${origin}${CONTENT_ROOT}${base}/${FIRST}/
priority=10
repo_gpgcheck=0
gpgcheck=0
enabled=1
`);
    expect(await answerOf('/20250130T210000Z/config.repo')).toMatchObject({
      status: 302,
      location: `/${FIRST}/config.repo`,
    });
  });

  it('are gone when they are no checkpoints any more', async () => {
    const other = await tester.repositoryOf({ ant: {} });
    const path = await tester.distribute({
      repository: other,
      checkpoint: true,
    });
    expect(await tester.list(`${path}/`)).toEqual([]);
    const { pulp_href: href, checkpoint_timestamp: stamp } =
      await tester.publish(other, { checkpoint: true });
    expect((await tester.fetch(`${path}/${stamp}/`)).status).toBe(200);
    await tester.rpm.delete(href);
    expect((await tester.fetch(`${path}/${stamp}/`)).status).toBe(404);
  });
});

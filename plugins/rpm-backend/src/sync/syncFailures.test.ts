import { createHash } from 'crypto';
import { createTestDatabases } from '../testing';
import {
  composePrimary,
  composeRepository,
  type ComposedFile,
} from './testing/composeRepository';
import { SyncTester } from './testing/SyncTester';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const GOOD: ComposedFile = {
  type: 'primary',
  content: composePrimary([{ name: 'a' }, { name: 'b' }]),
};
const WRONG = { type: 'sha256', value: '0'.repeat(64) };

function primaryOf(pkg: object): ComposedFile {
  return { ...GOOD, content: composePrimary([{ name: 'a', ...pkg }]) };
}

/** Bad repositories: what is wrong, their files, and what the one sentence says. */
const BAD: [string, ComposedFile[], string, RegExp][] = [
  [
    'a metadata file with another checksum than announced',
    [{ ...GOOD, checksum: WRONG }],
    'PLP0003',
    /repodata\/primary\.xml\.gz has the sha256 checksum \w+ instead of the expected 0+\.$/,
  ],
  [
    'a metadata file of another size than announced',
    [{ ...GOOD, size: 100_000 }],
    'PLP0004',
    /repodata\/primary\.xml\.gz has \d+ of the expected 100000 bytes\.$/,
  ],
  [
    'no primary metadata',
    [{ type: 'filelists', content: '<filelists/>' }],
    'RPM0016',
    /repomd\.xml names no primary metadata/,
  ],
  [
    'malformed XML',
    [{ ...GOOD, content: '<metadata packages="1"><other></metadata>' }],
    'PLP0013',
    /repodata\/primary\.xml\.gz .*not well-formed XML/,
  ],
  [
    'fewer packages than announced',
    [{ ...GOOD, content: GOOD.content.replace('"2"', '"3"') }],
    'PLP0013',
    /repodata\/primary\.xml\.gz .*announces 3 packages but has 2\.$/,
  ],
  [
    'malformed advisories after good packages',
    [GOOD, { type: 'updateinfo', content: '<updates><update>' }],
    'PLP0013',
    /repodata\/updateinfo\.xml\.gz .*not well-formed XML/,
  ],
  [
    'a decompression bomb',
    [{ ...GOOD, content: `<metadata>${' '.repeat(60_000_000)}</metadata>` }],
    'PLP0013',
    /repodata\/primary\.xml\.gz cannot be read: gzip data is larger than \d+ bytes/,
  ],
  [
    'packages with MD5 checksums',
    [primaryOf({ checksumType: 'md5' })],
    'PLP0020',
    /package a of repodata\/primary\.xml\.gz has a checksum of the type "md5"/,
  ],
  [
    'packages with SHA-1 checksums',
    [primaryOf({ checksumType: 'sha' })],
    'PLP0020',
    /package a of repodata\/primary\.xml\.gz has a checksum of the type "sha"/,
  ],
  [
    'metadata files with SHA-1 checksums',
    [{ ...GOOD, checksum: { type: 'sha', value: '0'.repeat(40) } }],
    'PLP0020',
    /file repodata\/primary\.xml\.gz of repomd\.xml has a checksum of the type "sha"/,
  ],
  [
    'a package that leads out of the repository',
    [primaryOf({ location: 'x/../../secret.rpm' })],
    'PLP0013',
    /package a of repodata\/primary\.xml\.gz .*"x\/\.\.\/\.\.\/secret\.rpm".*leads out/,
  ],
  [
    'a package that leads out of the repository by an escape',
    [primaryOf({ location: '%2e%2e/secret.rpm' })],
    'PLP0013',
    /package a of repodata\/primary\.xml\.gz .*leads out/,
  ],
  [
    'a package with an absolute path',
    [primaryOf({ location: '/etc/passwd' })],
    'PLP0013',
    /package a of repodata\/primary\.xml\.gz .*"\/etc\/passwd".*not a path below/,
  ],
  [
    'a package in a local file of the server',
    [primaryOf({ location: 'passwd', base: 'file:///etc/' })],
    'PLP0013',
    /package a of repodata\/primary\.xml\.gz .*"file:\/\/\/etc\/"/,
  ],
  [
    'a metadata file that leads out of the repository',
    [{ ...GOOD, location: '../primary.xml.gz' }],
    'PLP0013',
    /file of repomd\.xml .*"\.\.\/primary\.xml\.gz".*leads out/,
  ],
  [
    'a metadata file that is not there',
    [GOOD, { type: 'filelists', content: '', location: 'gone/filelists' }],
    'PLP0025',
    /404 \(Not Found\) .*\/gone\/filelists\.$/,
  ],
];

describe.each(databases.eachSupportedId())(
  'a sync that fails on %p',
  databaseId => {
    let tester: SyncTester;
    let repository: string;

    beforeAll(async () => {
      tester = await SyncTester.start(await databases.init(databaseId));
      repository = await tester.createRepository();
      await tester.synced(repository, {
        remote: await tester.createRemote(tester.server.urlOf('zoo')),
      });
    });
    afterAll(() => tester.stop());

    /** The failure of a sync that has left everything as it was. */
    async function failureOf(remote: string): Promise<object> {
      const before = await tester.packages(repository);
      const task = await tester.sync(repository, { remote });
      expect(task).toMatchObject({
        state: 'failed',
        error: { traceback: '' },
        created_resources: [],
        result: null,
      });
      expect(await tester.latest(repository)).toBe(1);
      expect(await tester.packages(repository)).toEqual(before);
      return task.error;
    }

    /** One sentence with its code. */
    function failure(code: string, sentence: RegExp): object {
      const { source } = sentence;
      return {
        error_code: code,
        description: expect.stringMatching(
          new RegExp(`^\\[${code}\\] (?=[^\\n]+\\.$).*${source}`),
        ),
        traceback: '',
      };
    }

    it.each(BAD)('tells of %s', async (what, files, code, sentence) => {
      const name = what.replace(/\W+/g, '-');
      const composed = composeRepository(files);
      composed.delete('gone/filelists');
      const url = tester.server.compose(name, composed);
      const remote = await tester.createRemote(url);
      expect(await failureOf(remote)).toEqual(failure(code, sentence));
    });

    it('tells of a truncated file, whatever its checksum', async () => {
      const whole = composeRepository([GOOD]).get('repodata/primary.xml.gz')!;
      const served = whole.subarray(0, whole.length - 20);
      const cut = tester.server.compose(
        'cut',
        composeRepository([{ ...GOOD, served }]),
      );
      expect(await failureOf(await tester.createRemote(cut))).toEqual(
        failure(
          'PLP0004',
          /repodata\/primary\.xml\.gz has \d+ of the expected \d+ bytes/,
        ),
      );
      const announced = tester.server.compose(
        'cut-and-announced',
        composeRepository([
          {
            ...GOOD,
            served,
            size: served.length,
            checksum: {
              type: 'sha256',
              value: createHash('sha256').update(served).digest('hex'),
            },
          },
        ]),
      );
      expect(await failureOf(await tester.createRemote(announced))).toEqual(
        failure(
          'PLP0013',
          /repodata\/primary\.xml\.gz cannot be read: gzip data ends before its end\.$/,
        ),
      );
    });

    it('tells of a table of contents that is no XML', async () => {
      const url = tester.server.compose(
        'html',
        new Map([['repodata/repomd.xml', Buffer.from('<html>Sign in')]]),
      );
      expect(await failureOf(await tester.createRemote(url))).toEqual(
        failure(
          'PLP0013',
          /\/html\/repodata\/repomd\.xml cannot be used: .*<html> instead of <repomd>/,
        ),
      );
    });

    it('tells of a remote that has nothing', async () => {
      expect(
        await failureOf(
          await tester.createRemote(tester.server.urlOf('nothing')),
        ),
      ).toEqual(
        failure(
          'PLP0025',
          /404 \(Not Found\) .*\/nothing\/repodata\/repomd\.xml/,
        ),
      );
    });

    it('tells of a package whose file is not what was announced', async () => {
      const name = 'wrong-package';
      const url = tester.server.compose(name, composeRepository([GOOD]));
      tester.server.answer(`/${name}/a-1.0-1.noarch.rpm`, 'x'.repeat(100));
      tester.server.answer(`/${name}/b-1.0-1.noarch.rpm`, 'y'.repeat(100));
      expect(
        await failureOf(
          await tester.createRemote(url, { policy: 'immediate' }),
        ),
      ).toEqual(
        failure(
          'PLP0003',
          /\/[ab]-1\.0-1\.noarch\.rpm has the sha256 checksum/,
        ),
      );
    });

    it('tells that its remote was deleted meanwhile', async () => {
      const name = 'deleted';
      const files = composeRepository([GOOD]);
      const remote = await tester.createRemote(
        tester.server.compose(name, files),
      );
      const path = 'repodata/primary.xml.gz';
      const asked = new Promise<() => void>(resolve =>
        tester.server.answer(`/${name}/${path}`, response =>
          resolve(() => response.end(files.get(path))),
        ),
      );
      const reply = await tester.rpm.post(`${repository}sync/`, { remote });
      const answer = await asked;
      await tester.rpm.completed(await tester.rpm.delete(remote));
      answer();
      const task = await tester.rpm.finished(reply);
      expect(task).toMatchObject({
        state: 'failed',
        error: failure('PLP0005', /remote was deleted/),
      });
      expect(await tester.latest(repository)).toBe(1);
    });

    it.each<[object, object]>([
      [
        { remote: '/api/rpm/pulp/api/v3/remotes/rpm/rpm/none/' },
        { remote: ['Invalid hyperlink - Object does not exist.'] },
      ],
      [
        {
          remote:
            '/api/rpm/pulp/api/v3/remotes/rpm/rpm/00000000-0000-7000-8000-000000000000/',
        },
        { remote: ['Invalid hyperlink - Object does not exist.'] },
      ],
      [
        {},
        {
          remote: [
            'This field is required since a remote is not set on the repository.',
          ],
        },
      ],
      [{ optimise: true }, { optimise: ['Unexpected field'] }],
      [
        { sync_policy: 'all' },
        { sync_policy: ['"all" is not a valid choice.'] },
      ],
      [
        { skip_types: ['drpm'] },
        { skip_types: ['0: "drpm" is not a valid choice.'] },
      ],
    ])('refuses %j', async (body, errors) => {
      const reply = await tester.rpm.post(`${repository}sync/`, body);
      expect({ status: reply.status, body: reply.body }).toEqual({
        status: 400,
        body: errors,
      });
    });

    it('refuses options that contradict each other or the repository', async () => {
      const remote = await tester.createRemote(tester.server.urlOf('zoo'));
      const refusal = async (settings: object, body: object) => {
        const of = await tester.createRepository({ remote, ...settings });
        const reply = await tester.rpm.post(`${of}sync/`, body);
        expect(reply.status).toBe(400);
        return reply.text;
      };
      const complete = { sync_policy: 'mirror_complete' };
      expect(
        await refusal({}, { mirror: true, sync_policy: 'additive' }),
      ).toMatch(/'mirror' and 'sync_policy'/);
      expect(
        await refusal(
          { retain_package_versions: 1 },
          { sync_policy: 'mirror_content_only' },
        ),
      ).toMatch(/Cannot use 'retain_package_versions'/);
      expect(await refusal({ autopublish: true }, complete)).toMatch(
        /Cannot use 'autopublish'/,
      );
      expect(await refusal({}, { ...complete, skip_types: ['srpm'] })).toMatch(
        /Cannot use 'skip_types'/,
      );
      expect(await refusal({ autopublish: true }, { mirror: true })).toMatch(
        /Cannot use 'autopublish'/,
      );
    });
  },
);

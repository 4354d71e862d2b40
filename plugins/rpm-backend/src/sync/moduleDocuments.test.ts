import { gunzipSync } from 'zlib';
import { createTestDatabases } from '../testing';
import { composePrimary, composeRepository } from './testing/composeRepository';
import { SyncTester } from './testing/SyncTester';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const COLLECTION = 'content/rpm/modulemd_documents/';

const DEFAULTS = `---
document: modulemd-defaults
version: 1
data: {module: walrus, stream: "1.10"}
...`;

/** What is written in it is nobody's business: comments, blanks, letters, order. */
const TRANSLATIONS = `---
document: modulemd-translations
version: 1
data:
  # of the 1.10 stream
  module:   walrus
  stream: 1.10
  modified: 201805231425

  translations:
    'fi' : {summary: "Mursu \\u0000", description: 'Mursu 🦭 ja ystävät'}
...`;

const LATER = `---
document: modulemd
version: 9
data: {name: walrus, stream: 2.0, riddles: [1, 2]}
...`;

const RIDDLES = '---\ndocument: modulemd-riddles\nwhat: else\n...';

describe.each(databases.eachSupportedId())(
  'documents of modules.yaml that are not understood, on %p',
  databaseId => {
    let tester: SyncTester;
    let repository: string;
    let remote: string;

    const compose = (documents: string[]) =>
      tester.server.compose(
        'documents',
        composeRepository([
          { type: 'primary', content: composePrimary([{ name: 'a' }]) },
          {
            type: 'modules',
            location: 'repodata/modules.yaml.gz',
            content: documents.join('\n'),
          },
        ]),
      );

    /** The modules.yaml of a repository's latest version, as clients get it. */
    async function published(of: string): Promise<string> {
      const publication = await tester.publish(of);
      const root = await tester.distribute({ publication });
      const repomd = await tester.served(`${root}repodata/repomd.xml`);
      const location = /href="([^"]*modules\.yaml[^"]*)"/.exec(repomd!)![1];
      const bytes = Buffer.from(
        (await tester.served(root + location))!,
        'latin1',
      );
      return (location.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    }

    beforeAll(async () => {
      tester = await SyncTester.start(await databases.init(databaseId));
      const url = compose([TRANSLATIONS, DEFAULTS, LATER]);
      remote = await tester.createRemote(url);
      repository = await tester.createRepository();
      const { problems } = await tester.synced(repository, { remote });
      expect(problems).toEqual([]);
    });
    afterAll(() => tester.stop());

    it('are content that can be looked at', async () => {
      const { body } = await tester.rpm.get(
        `${COLLECTION}?repository_version=${repository}&ordering=document_type`,
      );
      expect(body).toMatchObject({
        count: 2,
        results: [
          {
            prn: expect.stringMatching(/^prn:rpm\.modulemddocument:/),
            document_type: 'modulemd',
            document_version: '9',
            module: 'walrus:2.0',
            snippet: LATER,
          },
          {
            document_type: 'modulemd-translations',
            document_version: '1',
            module: 'walrus:1.10',
            sha256: tester.sha256(Buffer.from(TRANSLATIONS).toString('latin1')),
            snippet: TRANSLATIONS,
          },
        ],
      });
      const [{ sha256 }, { pulp_href: href }] = body.results;
      expect((await tester.rpm.get(href)).body).toEqual(body.results[1]);
      for (const [query, count] of [
        [`sha256=${sha256}`, 1],
        ['document_type=modulemd-translations', 1],
        ['module__in=walrus:2.0,walrus:1.10', 2],
        ['document_type=modulemd&module=seal', 0],
      ] as const) {
        const list = await tester.rpm.get(`${COLLECTION}?${query}`);
        expect([query, list.body.count]).toEqual([query, count]);
      }
      expect(await tester.present(repository)).toEqual({
        'rpm.package': 1,
        'rpm.modulemd_defaults': 1,
        'rpm.modulemd_document': 2,
      });
    });

    it('are published byte for byte', async () => {
      expect(await published(repository)).toBe(
        `${DEFAULTS}\n${LATER}\n${TRANSLATIONS}\n`,
      );
    });

    it('come along when a whole repository is copied, and are published there', async () => {
      const destination = await tester.createRepository();
      await tester.rpm.completed(
        await tester.rpm.post('rpm/copy/', {
          config: [
            {
              source_repo_version: `${repository}versions/1/`,
              dest_repo: destination,
            },
          ],
        }),
      );
      expect(await published(destination)).toBe(await published(repository));
    });

    it('are found again and go with what a mirror does not have any more', async () => {
      const mirrored = await tester.createRepository();
      const mirror = { remote, sync_policy: 'mirror_content_only' };
      await tester.synced(mirrored, mirror);
      const again = await tester.synced(mirrored, {
        ...mirror,
        optimize: false,
      });
      expect(again.outcome).toBe('unchanged');

      const other = TRANSLATIONS.replace('ystävät', 'kaverit');
      compose([DEFAULTS, other]);
      await tester.synced(mirrored, mirror);
      expect(await published(mirrored)).toBe(`${DEFAULTS}\n${other}\n`);
      const diff = await tester.rpm.get(
        `${mirrored}versions/2/diff/?from=${mirrored}versions/1/&kind=module_document`,
      );
      expect(
        diff.body.results.map(({ change, name }: any) => [change, name]),
      ).toEqual(expect.arrayContaining([['removed', 'modulemd walrus:2.0']]));
    });

    it('of a kind that stops clients are kept, and told of', async () => {
      compose([RIDDLES, DEFAULTS, RIDDLES]);
      const puzzled = await tester.createRepository();
      const { problems } = await tester.synced(puzzled, { remote });
      expect(problems).toEqual([
        {
          file: 'repodata/modules.yaml.gz',
          message: expect.stringMatching(
            /^A document is of the kind "modulemd-riddles"\. .* dnf 4, cannot read /,
          ),
        },
      ]);
      expect(await published(puzzled)).toBe(`${DEFAULTS}\n${RIDDLES}\n`);

      const { body } = await tester.rpm.get(
        `${COLLECTION}?document_type=modulemd-riddles`,
      );
      await tester.rpm.completed(
        await tester.rpm.post(`${puzzled}modify/`, {
          remove_content_units: [body.results[0].pulp_href],
        }),
      );
      expect(await published(puzzled)).toBe(`${DEFAULTS}\n`);
    });
  },
);

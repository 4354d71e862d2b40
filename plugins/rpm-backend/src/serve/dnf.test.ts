import { CONTENT_ROOT } from '../identifiers';
import { PublishTester } from '../publish/testing/PublishTester';
import { createTestDatabases } from '../testing';
import { describeWithTool } from '../testing/describeWithTool';
import { DnfClient } from './testing/DnfClient';

jest.setTimeout(240_000);

const databases = createTestDatabases();
const SPRING = '20260401T000000Z';
const SUMMER = '20260701T000000Z';

describeWithTool(
  'dnf with its plugin download',
  'dnf',
  () => {
    const clients: DnfClient[] = [];
    let tester: PublishTester;
    let repository: string;
    let checkpoints: string;

    /** A client with what a distribution's own config.repo says. */
    async function clientOf(base: string): Promise<DnfClient> {
      const { port } = tester.rpm.backend.server.address() as { port: number };
      const text = await tester.text(`${base}/config.repo`);
      const client = await DnfClient.create(
        text.replace('http://localhost:7007', `http://localhost:${port}`),
      );
      clients.push(client);
      return client;
    }

    /** A client of a point in time, which may be between two checkpoints. */
    async function clientAt(stamp: string): Promise<DnfClient> {
      const { port } = tester.rpm.backend.server.address() as { port: number };
      const url = `http://localhost:${port}${CONTENT_ROOT}${checkpoints}/${stamp}/`;
      const client = await DnfClient.create(
        `[shop]\nname=shop\nbaseurl=${url}\ngpgcheck=0\n`,
      );
      clients.push(client);
      return client;
    }

    async function publishCheckpoint(stamp: string): Promise<void> {
      const { pulp_href: href } = await tester.publish(repository, {
        checkpoint: true,
      });
      await tester
        .knex('publication')
        .where('uuid', href.split('/').at(-2))
        .update({ checkpoint_stamp: stamp });
    }

    beforeAll(async () => {
      tester = await PublishTester.start(await databases.init('SQLITE_3'));
      repository = await tester.exampleOf('repo-1');
      await publishCheckpoint(SPRING);
      await tester.syncExample(repository, 'repo-2');
      await publishCheckpoint(SUMMER);
      checkpoints = await tester.distribute({
        repository,
        checkpoint: true,
        generate_repo_config: true,
      });
    });
    afterAll(async () => {
      await Promise.all(clients.map(client => client.remove()));
      await tester.stop();
    });

    const SUMMER_WEBSHOP = [
      'libcart-1.0.1-1.x86_64.rpm',
      'libmoney-1.2-1.noarch.rpm',
      'money-rates-2026.06-1.noarch.rpm',
      'webshop-2.0-1.noarch.rpm',
      'webshop-api-2.0-1.noarch.rpm',
    ];

    it('downloads a package with its dependencies', async () => {
      const base = await tester.distribute({
        repository,
        generate_repo_config: true,
      });
      const client = await clientOf(base);
      expect(await client.download('webshop')).toEqual(
        expect.arrayContaining(SUMMER_WEBSHOP),
      );
    });

    it('sees modules, groups and advisories', async () => {
      const base = await tester.distribute({
        repository,
        generate_repo_config: true,
      });
      const client = await clientOf(base);
      const modules = await client.dnf('module', 'list');
      expect(modules).toMatch(/^nodeshop +18 \[d\]/m);
      expect(modules).toMatch(/^nodeshop +20 /m);
      expect(await client.dnf('group', 'list', '--ids')).toContain(
        'webshop-server',
      );
      // Shown are advisories about what is installed.
      await client.dnf('install', 'libcart-1.0');
      expect(await client.dnf('updateinfo', 'list')).toMatch(
        /^DEMO-SA-2026:0001 Important\/Sec\. libcart-1\.0\.1-1\.x86_64$/m,
      );
    });

    it('reads modules beside documents that it does not understand', async () => {
      const documents = [
        // Of what is written for people, in a language of theirs.
        `document: modulemd-translations
version: 1
data:
  module: nodeshop
  stream: "18"
  modified: 202606150900
  translations: {de: {summary: Ladenskripte, description: Skripte}}`,
        `document: modulemd-packager
version: 3
data: {name: nodeshop, stream: "18"}`,
        `document: modulemd
version: 9
data: {name: nodeshop, stream: "99"}`,
      ];
      const described = await tester.exampleOf('repo-2');
      const { result } = await tester.rpm.completed(
        await tester.rpm.post('content/rpm/modulemds/', {
          snippet: documents.map(text => `---\n${text}\n...\n`).join(''),
          repository: described,
        }),
      );
      expect(result).toMatchObject({ units: 3, problems: [] });
      await tester.publish(described);
      const base = await tester.distribute({
        repository: described,
        generate_repo_config: true,
      });
      const client = await clientOf(base);
      const modules = await client.dnf('module', 'list');
      expect(modules).toMatch(/^nodeshop +18 \[d\]/m);
      expect(modules).toMatch(/^shopdb +16 /m);
      expect(modules).not.toMatch(/^nodeshop +99 /m);
      expect(await client.download('nodeshop')).toEqual([
        'nodeshop-18.2-1.module_el9+2+0a1b2c3d.noarch.rpm',
      ]);
      expect(await client.dnf('repoclosure')).not.toContain('unresolved deps');
    });

    it('finds nothing broken', async () => {
      const base = await tester.distribute({
        repository,
        generate_repo_config: true,
      });
      const client = await clientOf(base);
      expect(await client.dnf('repoclosure')).not.toContain('unresolved deps');
    });

    it.each([
      ['the stamp of a checkpoint', SPRING],
      ['a later time', '20260615T120000Z'],
    ])('goes back by %s', async (_, stamp) => {
      const client = await clientAt(stamp);
      const files = await client.download('webshop');
      expect(files).toContain('webshop-1.1-1.noarch.rpm');
      expect(files).not.toContain('webshop-2.0-1.noarch.rpm');
      const all = await client.dnf('repoquery');
      expect(all).toContain('campaign-spring-');
      expect(all).not.toContain('campaign-summer-');
      const modules = await client.dnf('module', 'list');
      expect(modules).not.toMatch(/^nodeshop +20 /m);
    });

    it('reads the .repo file of a checkpoint', async () => {
      const client = await clientOf(`${checkpoints}/${SUMMER}`);
      expect(await client.download('webshop')).toEqual(
        expect.arrayContaining(SUMMER_WEBSHOP),
      );
    });
  },
  ['dnf', 'download', '--help'],
);

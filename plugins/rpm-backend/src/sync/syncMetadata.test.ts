import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { createTestDatabases } from '../testing';
import { composePrimary, composeRepository } from './testing/composeRepository';
import { SyncTester } from './testing/SyncTester';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'what a sync makes of metadata on %p',
  databaseId => {
    let knex: Knex;
    let tester: SyncTester;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      tester = await SyncTester.start(knex);
    });
    afterAll(() => tester.stop());

    const url = (name: string) => tester.server.urlOf(name);

    it('leaves source packages out on request', async () => {
      const files = composeRepository([
        {
          type: 'primary',
          content: composePrimary([
            { name: 'a' },
            { name: 'a', arch: 'src' },
            { name: 'b', arch: 'nosrc' },
          ]),
        },
      ]);
      const remote = await tester.createRemote(
        tester.server.compose('sources', files),
      );
      const repository = await tester.createRepository({ remote });
      const task = await tester.sync(repository, { skip_types: ['srpm'] });
      expect(task.progress_reports).toContainEqual(
        expect.objectContaining({ code: 'sync.parsing.packages', done: 3 }),
      );
      expect(await tester.packages(repository)).toEqual(['a-1.0-1.noarch.rpm']);
      await tester.synced(repository, {});
      expect(await tester.packages(repository)).toHaveLength(3);
    });

    it('takes the package built last of several with one name and version', async () => {
      const files = composeRepository([
        {
          type: 'primary',
          content: composePrimary([
            { name: 'a', seed: 'old', build: 10 },
            { name: 'a', seed: 'new', build: 20 },
            { name: 'a', seed: 'newer by place only', build: 20 },
          ]),
        },
      ]);
      const remote = await tester.createRemote(
        tester.server.compose('repeated', files),
      );
      const repository = await tester.createRepository();
      const { problems } = await tester.synced(repository, { remote });
      expect(problems).toEqual([
        {
          file: 'repodata/primary.xml.gz',
          message: expect.stringContaining('more than one package a-0:1.0-1'),
        },
      ]);
      const { body } = await tester.rpm.get(
        `content/rpm/packages/?repository_version=${repository}`,
      );
      expect(body.results.map((unit: any) => unit.pkgId)).toEqual([
        createHash('sha256').update('a 1.0 noarch new').digest('hex'),
      ]);
    });

    it('takes only the newest packages where no more are kept', async () => {
      const files = composeRepository([
        {
          type: 'primary',
          content: composePrimary(
            ['1.9', '1.10', '1.2', '2~rc'].map(version => ({
              name: 'a',
              version,
            })),
          ),
        },
      ]);
      const remote = await tester.createRemote(
        tester.server.compose('versions', files),
      );
      const repository = await tester.createRepository({
        retain_package_versions: 2,
      });
      const task = await tester.sync(repository, { remote });
      expect(task.progress_reports).toContainEqual(
        expect.objectContaining({ code: 'sync.skipped.packages', total: 2 }),
      );
      expect((await tester.packages(repository)).sort()).toEqual([
        'a-1.10-1.noarch.rpm',
        'a-2~rc-1.noarch.rpm',
      ]);
    });

    it('finds files by the paths of the metadata, encoded', async () => {
      const names = ['plain.rpm', 'a b/c+d^e~f.rpm', '%41%zz#?.rpm'];
      const files = composeRepository([
        {
          type: 'primary',
          content: composePrimary([
            ...names.map((location, i) => ({ name: `p${i}`, location })),
            { name: 'p3', location: 'x.rpm', base: 'https://cdn.example/pool' },
          ]),
        },
      ]);
      const remote = await tester.createRemote(
        tester.server.compose('paths', files),
      );
      const repository = await tester.createRepository();
      await tester.synced(repository, { remote });
      const rows = await knex('remote_artifact')
        .join('rpm_package', 'rpm_package.unit_id', 'remote_artifact.unit_id')
        .join('remote', 'remote.id', 'remote_artifact.remote_id')
        .where('remote.url', url('paths'))
        .orderBy('rpm_package.name')
        .select('remote_artifact.url');
      expect(rows.map(row => row.url)).toEqual([
        `${url('paths')}plain.rpm`,
        `${url('paths')}a%20b/c%2Bd%5Ee~f.rpm`,
        `${url('paths')}%41%25zz%23%3F.rpm`,
        'https://cdn.example/pool/x.rpm',
      ]);
    });

    it('keeps metadata files that it does not read, with their bytes', async () => {
      const files = composeRepository([
        { type: 'primary', content: composePrimary([{ name: 'a' }]) },
        { type: 'productid', content: 'certificate' },
        { type: 'primary_db', content: 'sqlite' },
        { type: 'prestodelta', content: 'deltas' },
        { type: 'primary_zck', content: 'zchunk' },
      ]);
      const remote = await tester.createRemote(
        tester.server.compose('productid', files),
      );
      const repository = await tester.createRepository();
      await tester.synced(repository, { remote });
      const { body } = await tester.rpm.get(
        `content/rpm/repo_metadata_files/?repository_version=${repository}`,
      );
      expect(body.results).toMatchObject([
        {
          data_type: 'productid',
          relative_path: 'repodata/productid.xml.gz',
          artifact: expect.any(String),
        },
      ]);
    });

    it('goes on without documents of modules that are broken, and says so', async () => {
      const files = composeRepository([
        { type: 'primary', content: composePrimary([{ name: 'a' }]) },
        {
          type: 'modules',
          location: 'repodata/modules.yaml.gz',
          content: [
            '---\ndocument: modulemd-defaults\ndata: {module: one, stream: a}\n...',
            '---\ndocument: [\n...',
            '---\ndocument: modulemd-defaults\ndata: {module: one, stream: b}\n...',
            '---\ndocument: modulemd-translations\ndata: {}\n...',
            '---\ndocument: modulemd-defaults\ndata: {module: two}\n...',
          ].join('\n'),
        },
      ]);
      const remote = await tester.createRemote(
        tester.server.compose('modules', files),
      );
      const repository = await tester.createRepository();
      const { problems } = await tester.synced(repository, { remote });
      expect(await tester.present(repository)).toMatchObject({
        'rpm.modulemd_defaults': 2,
        'rpm.modulemd_document': 1,
      });
      const file = 'repodata/modules.yaml.gz';
      expect(problems).toEqual([
        { file, message: expect.stringContaining('document 2') },
        { file, message: expect.stringContaining('defaults of module one') },
      ]);
    });
  },
);

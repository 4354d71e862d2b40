import {
  COMPRESSION_TYPES,
  LAYOUTS,
  PUBLISHED_CHECKSUM_TYPES,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { RpmPackage } from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import {
  saveRepoMetadataFiles,
  unitHrefs,
} from '../database/operations/content-units';
import { EXAMPLE_FOLDERS } from '../sync/testing/SyncTester';
import { createTestDatabases } from '../testing';
import { PublishTester } from './testing/PublishTester';
import { RepositoryMetadata } from './testing/RepositoryMetadata';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const byText = (a: string, b: string) => (a < b ? -1 : 1);

describe.each(databases.eachSupportedId())('metadata on %p', databaseId => {
  let tester: PublishTester;

  beforeAll(async () => {
    tester = await PublishTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  /** Digests of a publication's files by path. */
  async function filesOf({ pulp_href: href }: any): Promise<string[]> {
    const rows = await tester
      .knex('publication_file')
      .join('publication', 'publication.id', 'publication_file.publication_id')
      .join('artifact', 'artifact.id', 'publication_file.artifact_id')
      .where('publication.uuid', href.split('/').at(-2))
      .orderBy('publication_file.path')
      .select('publication_file.path', 'artifact.sha256');
    return rows.map(row => `${row.path} ${row.sha256}`);
  }

  describe.each(['zoo', 'repo-2'] as const)('of %s', example => {
    let published: RepositoryMetadata;
    let base: string;
    const original = RepositoryMetadata.ofFolder(EXAMPLE_FOLDERS[example]);

    beforeAll(async () => {
      const repository = await tester.exampleOf(example);
      base = await tester.distribute({ repository });
      await tester.publish(repository);
      published = RepositoryMetadata.served(tester, base);
    });

    it('says the same of every package as where it came from', async () => {
      const elsewhere = ({ locationHref: _, ...rest }: RpmPackage) => rest;
      const expected = await original.packages();
      const actual = await published.packages();
      expect(actual).toHaveLength(expected.length);
      const byId = new Map(actual.map(pkg => [pkg.pkgId, pkg]));
      for (const pkg of expected) {
        expect(elsewhere(byId.get(pkg.pkgId)!)).toEqual(elsewhere(pkg));
      }
    });

    it('has packages by name, and where they can be fetched', async () => {
      const packages = await published.packages();
      const names = packages.map(pkg => pkg.name);
      expect(names).toEqual([...names].sort(byText));
      for (const { locationHref, pkgId } of packages.slice(0, 5)) {
        const { body } = await tester.fetch(`${base}/${locationHref}`);
        expect(createHash('sha256').update(body).digest('hex')).toBe(pkgId);
      }
    });

    it('has the same advisories, comps and module documents', async () => {
      const idOf = (unit: object) => ('id' in unit ? String(unit.id) : '');
      const byId = (units: object[]) =>
        [...units].sort((a, b) => byText(idOf(a), idOf(b)));
      expect(byId(await published.advisories())).toEqual(
        byId(await original.advisories()),
      );
      expect(byId(await published.comps())).toEqual(
        byId(await original.comps()),
      );
      expect((await published.modules()).sort(byText)).toEqual(
        (await original.modules()).sort(byText),
      );
    });

    it('is listed in repomd.xml with what clients check', async () => {
      const { records } = await published.repomd();
      const types = ['primary', 'filelists', 'other', 'updateinfo', 'group'];
      expect(records.map(({ type }) => type)).toEqual(
        example === 'repo-2' ? [...types, 'modules'] : types,
      );
      for (const { type, locationHref, checksum, ...record } of records) {
        const { body } = await tester.fetch(`${base}/${locationHref}`);
        const digest = createHash('sha256').update(body).digest('hex');
        expect(checksum).toEqual({ type: 'sha256', value: digest });
        expect(locationHref).toMatch(new RegExp(`^repodata/${digest}-`));
        expect(record.size).toBe(body.length);
        const text = await published.file(type);
        if (!record.openChecksum) expect(text).toBe(body.toString());
        else {
          expect(record.openSize).toBe(Buffer.byteLength(text));
          expect(record.openChecksum.value).toBe(
            createHash('sha256').update(text).digest('hex'),
          );
        }
      }
    });
  });

  it.each([
    [LAYOUTS[0], COMPRESSION_TYPES[1], PUBLISHED_CHECKSUM_TYPES[2]],
    [LAYOUTS[1], COMPRESSION_TYPES[2], PUBLISHED_CHECKSUM_TYPES[0]],
    [LAYOUTS[2], COMPRESSION_TYPES[0], PUBLISHED_CHECKSUM_TYPES[1]],
  ])('comes as %s, %s, %s', async (layout, compression, checksumType) => {
    const repository = await tester.exampleOf('zoo');
    const base = await tester.distribute({ repository });
    await tester.publish(repository, {
      layout,
      compression_type: compression,
      checksum_type: checksumType,
    });
    const published = RepositoryMetadata.served(tester, base);
    const { records } = await published.repomd();
    const [primary] = records;
    expect(primary.checksum.type).toBe(checksumType);
    expect(primary.locationHref).toMatch(
      { gz: /\.xml\.gz$/, zstd: /\.xml\.zst$/, none: /\.xml$/ }[compression],
    );
    for (const pkg of (await published.packages()).slice(0, 3)) {
      const path = `${base}/${pkg.locationHref}`;
      const { status, body } = await tester.fetch(path);
      expect([path, status]).toEqual([path, 200]);
      expect(body).toHaveLength(pkg.sizePackage);
    }
  });

  it('gives checksums of the wanted type where files are stored', async () => {
    const repository = await tester.repositoryOf({ here: {}, there: {} });
    const base = await tester.distribute({ repository });
    const bytes = Buffer.from('package');
    await tester.storeFileOf('here', bytes);
    await tester.publish(repository, { checksum_type: 'sha512' });

    const published = RepositoryMetadata.served(tester, base);
    const [here, there] = await published.packages();
    expect([here.checksumType, here.pkgId]).toEqual([
      'sha512',
      createHash('sha512').update(bytes).digest('hex'),
    ]);
    expect(there.checksumType).toBe('sha256');
    for (const { locationHref } of [here, there]) {
      expect(locationHref).toMatch(/^Packages\/[ht]\/\w+-1\.0-1\.noarch\.rpm$/);
    }
  });

  it('has the same bytes whenever it is published', async () => {
    const repository = await tester.exampleOf('repo-2');
    const first = await filesOf(await tester.publish(repository));
    expect(first).toHaveLength(7);
    expect(await filesOf(await tester.publish(repository))).toEqual(first);
  });

  it('does not depend on the order in which content came', async () => {
    const names = ['ant', 'bee', 'cat', 'dog'];
    const packages = Object.fromEntries(names.map(name => [name, {}]));
    const one = await tester.repositoryOf(packages);
    const other = await tester.repositories.create();
    for (const name of [...names].reverse()) {
      await tester.repositories.change(other, { add: name });
    }
    const metadata = async (repository: string) =>
      (await filesOf(await tester.publish(repository))).filter(
        file => !file.includes('repomd.xml'),
      );
    expect(await metadata(other)).toEqual(await metadata(one));
  });

  it('leaves out who has the path of a package with a higher epoch', async () => {
    const repository = await tester.repositoryOf({
      old: { name: 'wolf', epoch: '1', timeBuild: 2_000_000_000 },
      young: { name: 'wolf', epoch: '10' },
      bear: {},
    });
    const base = await tester.distribute({ repository });
    await tester.publish(repository);
    const published = RepositoryMetadata.served(tester, base);
    expect(
      (await published.packages()).map(({ name, epoch }) => [name, epoch]),
    ).toEqual([
      ['bear', '0'],
      ['wolf', '10'],
    ]);
    expect(await published.file('primary')).toContain('packages="2"');
  });

  it('is there without any content', async () => {
    const repository = await tester.repositories.create();
    const base = await tester.distribute({ repository });
    await tester.publish(repository);
    const published = RepositoryMetadata.served(tester, base);
    const { revision, records } = await published.repomd();
    const version = await tester.rpm.get(`${repository}versions/0/`);
    const created = Date.parse(version.body.pulp_created);
    expect(Number(revision)).toBe(Math.floor(created / 1000));
    expect(records.map(({ type }) => type)).toEqual([
      'primary',
      'filelists',
      'other',
    ]);
    expect(await published.packages()).toEqual([]);
  });

  describe('files that a repository keeps as they are', () => {
    const bytes = Buffer.from('<products/>');

    async function withFile(isStored: boolean): Promise<string> {
      const [id] = await saveRepoMetadataFiles(tester.knex, [
        {
          dataType: 'productid',
          relativePath: `repodata/${'0'.repeat(64)}-productid.xml`,
          checksumType: 'sha256',
          checksum: String(isStored).padEnd(64, '0'),
        },
      ]);
      if (isStored) {
        await tester.storeFile([id], bytes);
      }
      const repository = await tester.repositories.create();
      const href = (await unitHrefs(tester.knex, [id])).get(id)!;
      await tester.repositories.change(repository, { add: href });
      return repository;
    }

    it('are published', async () => {
      const repository = await withFile(true);
      const base = await tester.distribute({ repository });
      await tester.publish(repository, { checksum_type: 'sha512' });
      const published = RepositoryMetadata.served(tester, base);
      const digest = createHash('sha512').update(bytes).digest('hex');
      expect((await published.repomd()).records.at(-1)).toMatchObject({
        type: 'productid',
        locationHref: `repodata/${digest}-productid.xml`,
        checksum: { type: 'sha512', value: digest },
        size: bytes.length,
      });
      expect(await published.file('productid')).toBe('<products/>');
    });

    it('are published once when they are the same file under two types', async () => {
      const ids = await saveRepoMetadataFiles(
        tester.knex,
        ['license', 'terms'].map(dataType => ({
          dataType,
          relativePath: 'repodata/terms.txt',
          checksumType: 'sha256',
          checksum: '1'.repeat(64),
        })),
      );
      await tester.storeFile(ids, bytes);
      const repository = await tester.repositories.create();
      const hrefs = await unitHrefs(tester.knex, ids);
      await tester.repositories.change(repository, {
        add: [...hrefs.values()].join(' '),
      });
      const base = await tester.distribute({ repository });
      await tester.publish(repository);
      const published = RepositoryMetadata.served(tester, base);
      for (const type of ['license', 'terms']) {
        expect(await published.file(type)).toBe('<products/>');
      }
    });

    it('fail the task when they are missing', async () => {
      const repository = await withFile(false);
      const task = await tester.rpm.finished(
        await tester.rpm.post('publications/rpm/rpm/', { repository }),
      );
      expect(task).toMatchObject({
        state: 'failed',
        created_resources: [],
        error: {
          description:
            "[PLP0012] The metadata file 'productid' of the version has not been stored.",
        },
      });
    });
  });

  it('is not made of packages whose checksums prove nothing', async () => {
    const repository = await tester.repositoryOf({
      weak: { checksumType: 'md5', pkgId: 'a'.repeat(32) },
    });
    const task = await tester.rpm.finished(
      await tester.rpm.post('publications/rpm/rpm/', { repository }),
    );
    expect(task.error.description).toBe(
      '[RPM0010] The package weak-1.0-1.noarch.rpm has only a md5 checksum, which is not allowed in metadata.',
    );
    const { body } = await tester.rpm.get(
      `publications/rpm/rpm/?repository=${repository}`,
    );
    expect(body.count).toBe(0);
  });
});

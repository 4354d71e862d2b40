import { readFile } from 'fs/promises';
import { join } from 'path';
import { EXAMPLE_FOLDERS } from '../sync/testing/SyncTester';
import { createTestDatabases } from '../testing';
import type { PulpCommand } from './testing/PulpCommand';
import { PulpUploads } from './testing/PulpUploads';
import { startPulpCommand } from './testing/startPulpCommand';
import { FailedTask, type StrictClient } from './testing/StrictClient';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const filesOf = (units: any[]) => units.map(unit => unit.location_href).sort();

const CAMPAIGN = 'campaign-spring-2026-1.noarch.rpm';
const CART = 'libcart-1.0-1.x86_64.rpm';
const CART_ARM = 'libcart-1.0-1.aarch64.rpm';

const ADVISORY = {
  id: 'EX-2026:7',
  issued: '2026-01-01 00:00:00',
  updated: '2026-02-01 00:00:00',
  from: 'shop@example.com',
  title: 'libcart counts right',
  type: 'bugfix',
  severity: 'Low',
  pkglist: [
    {
      name: 'collection',
      short: 'c',
      packages: [
        {
          name: 'libcart',
          epoch: '0',
          version: '1.0',
          release: '1',
          arch: 'x86_64',
          filename: CART,
        },
      ],
    },
  ],
};

const COMPS = `<?xml version="1.0"?><comps>
<group><id>shop</id><name>Shop</name><description/><default>true</default><uservisible>true</uservisible>
<packagelist><packagereq type="mandatory">libcart</packagereq></packagelist></group>
<category><id>trade</id><name>Trade</name><description/><grouplist><groupid>shop</groupid></grouplist></category>
</comps>`;

/** The subcommands of `pulp` that send files, as its own calls. */
describe.each(databases.eachSupportedId())(
  'uploads by the pulp command on %p',
  databaseId => {
    let started: Awaited<ReturnType<typeof startPulpCommand>>;
    let pulp: PulpCommand;
    let client: StrictClient;
    let uploads: PulpUploads;
    let count = 0;

    beforeAll(async () => {
      started = await startPulpCommand(await databases.init(databaseId));
      ({ pulp } = started);
      ({ client } = pulp);
      uploads = new PulpUploads(pulp);
    });
    afterAll(() => started.stop());

    const read = (name: string) =>
      readFile(join(EXAMPLE_FOLDERS['repo-1'], name));

    /** @returns the name of a new repository */
    async function createRepository(): Promise<string> {
      count += 1;
      const name = `uploads-${count}`;
      await client.call('repositories_rpm_rpm_create', { body: { name } });
      return name;
    }

    async function latestOf(repository: string): Promise<number> {
      const { latest_version_href: href } = await pulp.repository(repository);
      return Number(/(\d+)\/$/.exec(href)![1]);
    }

    it('rpm content upload, without repository: the unit at once', async () => {
      const file = await read(CART);
      const unit = await uploads.package({ file });
      expect(unit).toMatchObject({
        name: 'libcart',
        version: '1.0',
        release: '1',
        arch: 'x86_64',
        epoch: '0',
        location_href: CART,
        checksum_type: 'sha256',
        size_package: file.length,
      });
      expect(unit.sha256).toBe(unit.pkgId);
      expect(await uploads.package({ file })).toEqual(unit);
      expect(await pulp.show(unit.artifact)).toMatchObject({
        sha256: unit.sha256,
        size: file.length,
      });
    });

    it('rpm content upload --repository, whole and in pieces', async () => {
      const repository = await createRepository();
      const whole = await uploads.package({
        file: await read(CAMPAIGN),
        repository,
      });
      expect(whole.location_href).toBe(CAMPAIGN);
      expect(await latestOf(repository)).toBe(1);
      const pieces = await uploads.package({
        file: await read(CART_ARM),
        chunkSize: 1_000,
        repository,
      });
      expect(pieces).toMatchObject({ location_href: CART_ARM });
      expect(filesOf(await pulp.content({ repository }))).toEqual([
        CAMPAIGN,
        CART_ARM,
      ]);
      expect(await latestOf(repository)).toBe(2);
      // It is there already: nothing changes.
      const again = await uploads.package({
        file: await read(CAMPAIGN),
        repository,
      });
      expect(again).toEqual(whole);
      expect(await latestOf(repository)).toBe(2);
      expect(await pulp.list('uploads_list')).toEqual([]);
    });

    it('rpm content upload in pieces, without repository', async () => {
      const file = await read(CART);
      const unit = await uploads.package({ file, chunkSize: 700 });
      expect(unit.size_package).toBe(file.length);
    });

    it('upload list, show, destroy', async () => {
      const sizes = async (query: Record<string, number>) =>
        (await pulp.list('uploads_list', { query })).map(({ size }) => size);
      const { pulp_href: href } = await client.call('uploads_create', {
        body: { size: 10 },
      });
      expect(await sizes({ size__lte: 10 })).toEqual([10]);
      expect(await sizes({ size__gt: 10 })).toEqual([]);
      expect(await client.call('uploads_read', { href })).toMatchObject({
        size: 10,
        completed: null,
        chunks: [],
      });
      expect(await client.call('uploads_delete', { href })).toEqual({});
      expect(await sizes({})).toEqual([]);
    });

    it('rpm content upload of something else', async () => {
      const repository = await createRepository();
      const file = Buffer.from('no package');
      await expect(uploads.package({ file, repository })).rejects.toThrow(
        FailedTask,
      );
      await expect(uploads.package({ file })).rejects.toMatchObject({
        status: 400,
      });
      expect(await latestOf(repository)).toBe(0);
    });

    it('rpm content upload --directory --use-temp-repository', async () => {
      const repository = await createRepository();
      const names = [CAMPAIGN, CART_ARM, CART];
      const files = await Promise.all(names.map(read));
      const { latest_version_href: latest } = await uploads.directory({
        files,
        repository,
      });
      expect(latest).toMatch(/versions\/1\/$/);
      expect(filesOf(await pulp.content({ repository }))).toEqual(names);
      await expect(pulp.repository('uploadTmp')).rejects.toThrow('uploadTmp');
      const publication = await uploads.directory({
        files,
        repository,
        publish: true,
      });
      expect(publication.repository_version).toBe(latest);
    });

    it('rpm content -t advisory upload, show', async () => {
      const repository = await createRepository();
      const file = Buffer.from(JSON.stringify(ADVISORY));
      const advisory = await uploads.advisory({ file, repository });
      expect(advisory).toMatchObject({
        id: ADVISORY.id,
        title: ADVISORY.title,
        issued_date: ADVISORY.issued,
        updated_date: ADVISORY.updated,
        fromstr: ADVISORY.from,
        pkglist: [{ name: 'collection', shortname: 'c' }],
      });
      expect(await latestOf(repository)).toBe(1);
      const incomplete = Buffer.from(JSON.stringify({ id: 'EX-2026:8' }));
      await expect(
        uploads.advisory({ file: incomplete, repository }),
      ).rejects.toThrow(/All 'id', 'updated_date' and 'issued_date' must/);
    });

    it('rpm comps-upload, --replace', async () => {
      const repository = await createRepository();
      const { pulp_href: href } = await pulp.repository(repository);
      const file = Buffer.from(COMPS);
      const task = await uploads.comps({ file, repository });
      expect(task.created_resources).toEqual(
        expect.arrayContaining([
          `${href}versions/1/`,
          expect.stringContaining('/packagegroups/'),
          expect.stringContaining('/packagecategories/'),
        ]),
      );
      expect(task.created_resources).toHaveLength(3);
      const other = Buffer.from(COMPS.replace(/shop/g, 'till'));
      await uploads.comps({ file: other, repository, replace: true });
      const groups = await pulp.list('content_rpm_packagegroups_list', {
        query: { repository_version: `${href}versions/2/` },
      });
      expect(groups.map(group => group.id)).toEqual(['till']);
    });

    it('artifact upload, list, show', async () => {
      const file = Buffer.from('0123456789'.repeat(100));
      const artifact = await uploads.artifact({ file, chunkSize: 256 });
      expect(artifact).toMatchObject({
        size: 1_000,
        file: expect.stringMatching(/^artifact\/[0-9a-f]{2}\/[0-9a-f]{62}$/),
      });
      expect(await uploads.artifact({ file })).toEqual(artifact);
      const whole = await uploads.artifact({ file: Buffer.from('whole') });
      const listed = await pulp.list('artifacts_list');
      expect(listed).toEqual(expect.arrayContaining([whole, artifact]));
      await expect(
        client.call('artifacts_delete', { href: whole.pulp_href }),
      ).rejects.toMatchObject({ status: 403 });
    });
  },
);

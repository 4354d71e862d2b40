import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { readdir, readFile } from 'fs/promises';
import { join } from 'path';
import { EXAMPLE_FOLDERS } from '../sync/testing/SyncTester';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const FOLDER = EXAMPLE_FOLDERS.zoo;
const PACKAGES = 'content/rpm/packages/';
const ANNE = mockCredentials.user.header('user:default/anne');
const BEN = mockCredentials.user.header('user:default/ben');

/** What comes in through the API is seen by who has shown it, until a repository shows it to others. */
describe.each(databases.eachSupportedId())(
  'who may upload, and sees what was uploaded, on %p',
  databaseId => {
    let rpm: RpmTestBackend;
    let files: { name: string; content: Buffer }[];
    const denied = new Set<string>();
    const resultOf = (name: string) =>
      denied.has(name) ? AuthorizeResult.DENY : AuthorizeResult.ALLOW;

    beforeAll(async () => {
      const permissions = mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: resultOf(permission.name),
          })),
        authorizeConditional: async requests =>
          requests.map(({ permission }) => ({
            result: resultOf(permission.name),
          })),
      });
      rpm = await startRpmBackend({
        knex: await databases.init(databaseId),
        features: [permissions.factory],
      });
      const names = (await readdir(FOLDER)).filter(each =>
        each.endsWith('.rpm'),
      );
      files = await Promise.all(
        names.map(async name => ({
          name,
          content: await readFile(join(FOLDER, name)),
        })),
      );
    });
    afterEach(() => denied.clear());
    afterAll(() => rpm.stop());

    const send = (path: string, index: number, user = ANNE) =>
      rpm
        .form(path, user)
        .attach('file', files[index].content, files[index].name);

    it('a package is seen by its uploader alone while no visible repository has it', async () => {
      const first = await send(`${PACKAGES}upload/`, 0);
      expect(first.status).toBe(201);
      const { pulp_href: unit, artifact, sha256 } = first.body;
      denied.add('rpm.repository.read');
      for (const [user, status, count] of [
        [ANNE, 200, 1],
        [BEN, 404, 0],
      ] as const) {
        expect((await rpm.get(unit, user)).status).toBe(status);
        expect((await rpm.get(artifact, user)).status).toBe(status);
        for (const list of [PACKAGES, 'artifacts/']) {
          const { body } = await rpm.get(`${list}?sha256=${sha256}`, user);
          expect([list, body.count]).toEqual([list, count]);
        }
      }
      // Who shows the same bytes sees the same package.
      const second = await send(`${PACKAGES}upload/`, 0, BEN);
      expect([second.status, second.body.pulp_href]).toEqual([201, unit]);
      expect((await rpm.get(unit, BEN)).status).toBe(200);
    });

    it('a file is referred to by who may see it', async () => {
      const { body: artifact } = await send('artifacts/', 1);
      denied.add('rpm.repository.read');
      const create = (user: string) =>
        rpm.post(`${PACKAGES}upload/`, { artifact: artifact.pulp_href }, user);
      const refused = await create(BEN);
      expect([refused.status, refused.body]).toEqual([
        400,
        { artifact: ['Invalid hyperlink - Object does not exist.'] },
      ]);
      expect((await rpm.get(artifact.pulp_href, BEN)).status).toBe(404);
      expect((await rpm.delete(artifact.pulp_href, BEN)).status).toBe(404);
      expect((await create(ANNE)).status).toBe(201);
    });

    it('a unit is added to a repository by who may see it', async () => {
      const { body: unit } = await send(`${PACKAGES}upload/`, 2);
      const { body: repository } = await rpm.post(
        'repositories/rpm/rpm/',
        { name: 'theirs' },
        BEN,
      );
      denied.add('rpm.repository.read');
      const add = (user: string) =>
        rpm.post(
          `${repository.pulp_href}modify/`,
          { add_content_units: [unit.pulp_href] },
          user,
        );
      const refused = await add(BEN);
      expect([refused.status, refused.body]).toEqual([
        400,
        [`Could not find the following content units: ['${unit.pulp_href}']`],
      ]);
      expect((await add(ANNE)).status).toBe(202);
    });

    it('an upload in pieces is its owner’s', async () => {
      const { body: upload } = await rpm.post('uploads/', { size: 5 }, ANNE);
      const href = upload.pulp_href;
      for (const reply of [
        await rpm.get(href, BEN),
        await rpm.delete(href, BEN),
        await rpm.post(`${href}commit/`, { sha256: '0'.repeat(64) }, BEN),
        await rpm
          .putForm(href, BEN)
          .set('Content-Range', 'bytes 0-4/5')
          .attach('file', Buffer.from('abcde'), 'blob'),
      ]) {
        expect(reply.status).toBe(404);
      }
      expect((await rpm.get('uploads/', BEN)).body.count).toBe(0);
      expect((await rpm.get('uploads/', ANNE)).body.count).toBe(1);
      const stolen = await rpm.post(
        `${PACKAGES}upload/`,
        { upload: href },
        BEN,
      );
      expect([stolen.status, stolen.body]).toEqual([
        400,
        { upload: ['Invalid hyperlink - Object does not exist.'] },
      ]);
    });

    it('without repository takes the permission to upload, with one that to modify it', async () => {
      const { body: repository } = await rpm.post('repositories/rpm/rpm/', {
        name: 'guarded',
      });
      const into = () =>
        send(PACKAGES, 3).field('repository', repository.pulp_href);
      denied.add('rpm.content.upload');
      for (const refused of [
        await send(PACKAGES, 3),
        await send(`${PACKAGES}upload/`, 3),
        await send('artifacts/', 3),
        await rpm.post('uploads/', { size: 5 }, ANNE),
      ]) {
        expect(refused.status).toBe(403);
      }
      await rpm.completed(await into());
      denied.add('rpm.repository.modify');
      const unread = await send(PACKAGES, 3).field('nonsense', 'x');
      expect([unread.status, unread.body]).toEqual([
        403,
        { detail: 'You do not have permission to perform this action.' },
      ]);
      denied.clear();
      denied.add('rpm.repository.modify');
      expect((await into()).status).toBe(403);
      denied.add('rpm.repository.read');
      const hidden = await into();
      expect([hidden.status, hidden.body]).toEqual([
        400,
        { repository: ['Invalid hyperlink - Object does not exist.'] },
      ]);
    });
  },
);

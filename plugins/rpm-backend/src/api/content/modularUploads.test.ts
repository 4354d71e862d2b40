import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { readFile } from 'fs/promises';
import { join } from 'path';
import { EXAMPLE_FOLDERS } from '../../sync/testing/SyncTester';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const PACKAGES = 'content/rpm/packages/';
const ANNE = mockCredentials.user.header('user:default/anne');
const BEN = mockCredentials.user.header('user:default/ben');

/** What the headers of the example files say. */
const LABEL = 'nodeshop:18:20260615090000:0a1b2c3d';
const SHOP = 'nodeshop-18.2-1.module_el9+2+0a1b2c3d.noarch.rpm';
const SHOP_NEVRA = 'nodeshop-0:18.2-1.module_el9+2+0a1b2c3d.noarch';
const DEVEL = 'nodeshop-devel-18.2-1.module_el9+2+0a1b2c3d.noarch.rpm';
const MONEY = 'libmoney-1.2-1.noarch.rpm';
const MONEY_NEVRA = 'libmoney-0:1.2-1.noarch';

function moduleOf(nsvca: string, ...artifacts: string[]): string {
  const [name, stream, version, context, arch = 'noarch'] = nsvca.split(':');
  return JSON.stringify({
    document: 'modulemd',
    version: 2,
    data: {
      name,
      stream,
      version,
      context,
      arch,
      summary: 'A module',
      description: 'A module',
      license: { module: ['MIT'] },
      artifacts: { rpms: artifacts },
    },
  });
}

describe.each(databases.eachSupportedId())(
  'uploads of modular packages on %p',
  databaseId => {
    let rpm: RpmTestBackend;
    const denied = new Set<string>();

    beforeEach(async () => {
      const resultOf = (name: string) =>
        denied.has(name) ? AuthorizeResult.DENY : AuthorizeResult.ALLOW;
      const permissions = mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission: { name } }) => ({
            result: resultOf(name),
          })),
        authorizeConditional: async requests =>
          requests.map(({ permission: { name } }) => ({
            result: resultOf(name),
          })),
      });
      rpm = await startRpmBackend({
        knex: await databases.init(databaseId),
        features: [permissions.factory],
      });
    });
    afterEach(async () => {
      denied.clear();
      await rpm.stop();
    });

    async function send(
      path: string,
      name: string,
      fields: Record<string, string> = {},
      user = ANNE,
    ) {
      const file = await readFile(join(EXAMPLE_FOLDERS['repo-2'], name));
      const request = rpm.form(path, user).attach('file', file, name);
      for (const [field, value] of Object.entries(fields)) {
        request.field(field, value);
      }
      return request;
    }

    /** @returns the module's href */
    async function addModule(snippet: string, user = ANNE): Promise<string> {
      const task = await rpm.completed(
        await rpm.post('content/rpm/modulemds/', { snippet }, user),
      );
      return task.result.pulp_href;
    }

    const fileNames = async (module: string) =>
      (await rpm.get(module, ANNE)).body.pulp_artifacts_map.map(
        (each: any) => each.filename,
      );
    const count = async (list: string) =>
      (await rpm.get(list, ANNE)).body.count;

    it('are refused while their module is not there, and leave nothing', async () => {
      const { body: repository } = await rpm.post(
        'repositories/rpm/rpm/',
        { name: 'shop' },
        ANNE,
      );
      await addModule(moduleOf(LABEL.replace('0615', '0330'), SHOP_NEVRA));
      const sentence = `The header of ${SHOP_NEVRA} says that it belongs to the module ${LABEL}, which is not there; upload the document of the module first.`;
      for (const reply of [
        await send(`${PACKAGES}upload/`, SHOP),
        await send(PACKAGES, SHOP, { repository: repository.pulp_href }),
      ]) {
        expect([reply.status, reply.body]).toEqual([400, { file: [sentence] }]);
      }
      expect(await count(PACKAGES)).toBe(0);
      expect(await count('artifacts/')).toBe(0);
      expect(await count(`${repository.pulp_href}versions/`)).toBe(1);
    });

    it('are taken and mapped when it is', async () => {
      const module = await addModule(moduleOf(LABEL, SHOP_NEVRA));
      const { body: repository } = await rpm.post(
        'repositories/rpm/rpm/',
        { name: 'shop' },
        ANNE,
      );
      const { status, body } = await send(`${PACKAGES}upload/`, SHOP);
      expect([status, body.is_modular]).toEqual([201, true]);
      expect(await fileNames(module)).toEqual([SHOP]);
      const modules = await rpm.get(`${body.pulp_href}modules/`, ANNE);
      expect(modules.body.results).toMatchObject([{ pulp_href: module }]);
      // Built with the module, which does not ship it.
      const task = await rpm.completed(
        await send(PACKAGES, DEVEL, { repository: repository.pulp_href }),
      );
      expect(task.result.outcome).toBe('created');
      expect(await fileNames(module)).toEqual([SHOP]);
    });

    it('may name the module, which has to be theirs', async () => {
      await addModule(moduleOf(`${LABEL}:noarch`, SHOP_NEVRA));
      await addModule(moduleOf('nodeshop:18:1:0a1b2c3d', SHOP_NEVRA));
      for (const [name, module, sentence] of [
        [
          SHOP,
          'nodeshop:18:1:0a1b2c3d',
          `The header of ${SHOP_NEVRA} says that it belongs to the module ${LABEL}, not to nodeshop:18:1:0a1b2c3d.`,
        ],
        [
          SHOP,
          `${LABEL}:x86_64`,
          `There is no module ${LABEL}:x86_64; upload its document first.`,
        ],
        [
          DEVEL,
          LABEL,
          `The module ${LABEL} does not name nodeshop-devel-0:18.2-1.module_el9+2+0a1b2c3d.noarch as an artifact.`,
        ],
        [
          SHOP,
          'nodeshop:18',
          'Name the module as name:stream:version:context or name:stream:version:context:arch.',
        ],
      ]) {
        for (const path of [PACKAGES, `${PACKAGES}upload/`]) {
          const reply = await send(path, name, { module });
          expect([reply.status, reply.body]).toEqual([
            400,
            { module: [sentence] },
          ]);
        }
      }
      const module = `${LABEL}:noarch`;
      expect((await send(`${PACKAGES}upload/`, SHOP, { module })).status).toBe(
        201,
      );
    });

    it('need no label to be a module’s', async () => {
      const module = 'money:main:1:c0ffee42';
      const missing = await send(`${PACKAGES}upload/`, MONEY, { module });
      expect([missing.status, missing.body]).toEqual([
        400,
        {
          module: [`There is no module ${module}; upload its document first.`],
        },
      ]);
      const href = await addModule(moduleOf(module, MONEY_NEVRA));
      const task = await rpm.completed(await send(PACKAGES, MONEY, { module }));
      expect(task.result).toMatchObject({ unit_created: true });
      expect(await fileNames(href)).toEqual([MONEY]);
    });

    it('come as artifacts as well, by JSON', async () => {
      const { body: artifact } = await send('artifacts/', SHOP);
      const body = { artifact: artifact.pulp_href, module: LABEL };
      const refused = await rpm.post(`${PACKAGES}upload/`, body, ANNE);
      expect(Object.keys(refused.body)).toEqual(['module']);
      const unnamed = { artifact: artifact.pulp_href };
      const labelled = await rpm.post(`${PACKAGES}upload/`, unnamed, ANNE);
      expect(Object.keys(labelled.body)).toEqual(['artifact']);
      await addModule(moduleOf(LABEL, SHOP_NEVRA));
      const taken = await rpm.post(`${PACKAGES}upload/`, body, ANNE);
      expect(taken.status).toBe(201);
    });

    it('do not count modules that their uploader may not see', async () => {
      await addModule(moduleOf(LABEL, SHOP_NEVRA), BEN);
      denied.add('rpm.repository.read');
      const requests: Record<string, string>[] = [{}, { module: LABEL }];
      for (const fields of requests) {
        const reply = await send(`${PACKAGES}upload/`, SHOP, fields);
        expect(reply.status).toBe(400);
      }
      expect((await send(`${PACKAGES}upload/`, SHOP, {}, BEN)).status).toBe(
        201,
      );
    });

    it('and whole files of modules are for who may change the repository', async () => {
      const { body: repository } = await rpm.post(
        'repositories/rpm/rpm/',
        { name: 'theirs' },
        ANNE,
      );
      const upload = (fields: object) =>
        rpm.post(
          'content/rpm/modulemds/',
          {
            snippet: `---\n${moduleOf(LABEL)}\n---\n${moduleOf('a:b:1:c')}\n`,
            ...fields,
          },
          BEN,
        );
      denied.add('rpm.repository.modify').add('rpm.content.upload');
      const fields = { repository: repository.pulp_href };
      expect((await upload(fields)).status).toBe(403);
      expect((await upload({})).status).toBe(403);
      denied.add('rpm.repository.read');
      const concealed = await upload(fields);
      expect([concealed.status, concealed.body]).toEqual([
        400,
        { repository: ['Invalid hyperlink - Object does not exist.'] },
      ]);
    });
  },
);

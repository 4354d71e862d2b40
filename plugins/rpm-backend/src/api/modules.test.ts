import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { testPolicy } from '../testing/policies';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import {
  saveTestModules,
  saveTestPackages,
  type UnitsByName,
} from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const READER = 'user:default/reader';
const reader = mockCredentials.user.header(READER);

/** The driver separates names by blanks. */
function withoutBlanks(units: UnitsByName): UnitsByName {
  return Object.fromEntries(
    Object.entries(units).map(([name, href]) => [
      name.replaceAll(' ', '.'),
      href,
    ]),
  );
}

/**
 * `shown` holds both builds of nodejs:10, perl:5 and most of their packages; `hidden` a package of the
 * same name and version as one of these, another stream that names it, and a newer npm of nodejs:10.
 */
describe.each(databases.eachSupportedId())(
  'what modules and packages tell of each other on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;
    let shown: string;
    let hidden: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({
        knex,
        features: [
          testPolicy({
            allows: (permission, user) =>
              user !== READER || permission === 'rpm.repository.read',
            sees: { user: READER, label: 'team' },
          }),
        ],
      });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(
        await saveTestPackages(knex, {
          node1: { name: 'node', epoch: '1', version: '10.1' },
          twin: {
            name: 'node',
            epoch: '1',
            version: '10.1',
            pkgId: 'c'.repeat(64),
          },
          node2: { name: 'node', epoch: '1', version: '10.2' },
          npm: { version: '6' },
          npm7: { name: 'npm', version: '7' },
          perl: { version: '5' },
        }),
      );
      const first = ['npm-0:6-1.noarch', 'node-1:10.1-1.noarch'];
      driver.know(
        withoutBlanks(
          await saveTestModules(knex, {
            'nodejs 1': {
              stream: '10',
              version: '9',
              artifacts: [...first, 'docs-0:1-1.noarch', 'no package'],
            },
            'nodejs 2': {
              stream: '10',
              version: '10',
              artifacts: [
                'npm-0:6-1.noarch',
                'npm-0:7-1.noarch',
                'node-1:10.2-1.noarch',
              ],
            },
            'nodejs 12': { stream: '12', artifacts: first },
            'perl 5': { stream: '5', artifacts: ['perl-0:5-1.noarch'] },
          }),
        ),
      );
      shown = await driver.create({ pulp_labels: { team: 'mine' } });
      await driver.change(shown, {
        add: 'nodejs.1 nodejs.2 perl.5 node1 node2 npm perl',
      });
      hidden = await driver.create();
      await driver.change(hidden, { add: 'nodejs.12 twin npm7' });
    });
    afterAll(() => rpm.stop());

    const artifact = (name: string, filename: string) => ({
      filename,
      unit_id: driver.units[name].split('/').at(-2),
      pulp_href: driver.units[name],
    });
    const NODE = 'node-10.1-1.noarch.rpm';
    const NPM = 'npm-6-1.noarch.rpm';
    const read = async (name: string, query = '', token?: any) => {
      const reply = await rpm.get(`${driver.units[name]}${query}`, token);
      expect(reply.status).toBe(200);
      return reply.body;
    };
    const within = (repository: string) =>
      `?repository_version=${repository}versions/1/`;

    describe('modules', () => {
      it('name the packages that are their artifacts, and the artifacts that are nowhere', async () => {
        const module = await read('nodejs.1');
        expect(module).toMatchObject({
          artifacts: [
            'npm-0:6-1.noarch',
            'node-1:10.1-1.noarch',
            'docs-0:1-1.noarch',
            'no package',
          ],
          pulp_artifacts_map: [
            artifact('npm', NPM),
            artifact('node1', NODE),
            artifact('twin', NODE),
          ],
          missing_artifacts: ['docs-0:1-1.noarch', 'no package'],
        });
        expect(module.packages).toEqual(
          module.pulp_artifacts_map.map((unit: any) => unit.pulp_href),
        );
      });

      it.each([
        ['shown', 'node1'],
        ['hidden', 'twin'],
      ])('of packages of one name take the one in %s', async (where, node) => {
        const repository = where === 'shown' ? shown : hidden;
        const body = await read('nodejs.1', within(repository));
        expect(body.pulp_artifacts_map).toEqual([
          ...(where === 'shown' ? [artifact('npm', NPM)] : []),
          artifact(node, NODE),
        ]);
        expect(body.missing_artifacts).toEqual([
          ...(where === 'shown' ? [] : ['npm-0:6-1.noarch']),
          'docs-0:1-1.noarch',
          'no package',
        ]);
      });

      it('are listed with what the version has of them', async () => {
        const list = async (version: string, token?: any) => {
          const { body } = await rpm.get(
            `content/rpm/modulemds/?repository_version=${version}&ordering=name,version` +
              '&fields=name,stream,version,missing_artifacts',
            token,
          );
          return body.results;
        };
        const expected = [
          {
            name: 'nodejs',
            stream: '10',
            version: '10',
            missing_artifacts: ['npm-0:7-1.noarch'],
          },
          {
            name: 'nodejs',
            stream: '10',
            version: '9',
            missing_artifacts: ['docs-0:1-1.noarch', 'no package'],
          },
          { name: 'perl', stream: '5', version: '1', missing_artifacts: [] },
        ];
        expect(await list(shown)).toEqual(expected);
        expect(await list(`${shown}versions/1/`, reader)).toEqual(expected);
      });

      it('follow what their version had, not what came later', async () => {
        const repository = await driver.create();
        await driver.change(repository, { add: 'perl.5' });
        await driver.change(repository, { add: 'perl' });
        const missing = async (version: string) =>
          (await read('perl.5', `?repository_version=${version}`))
            .missing_artifacts;
        expect(await missing(`${repository}versions/1/`)).toEqual([
          'perl-0:5-1.noarch',
        ]);
        expect(await missing(repository)).toEqual([]);
      });

      it('tell nobody of packages that they may not see', async () => {
        const { pulp_artifacts_map: map } = await read('nodejs.1', '', reader);
        expect(map).toEqual([artifact('npm', NPM), artifact('node1', NODE)]);
        const { missing_artifacts: missing } = await read(
          'nodejs.2',
          '',
          reader,
        );
        expect(missing).toEqual(['npm-0:7-1.noarch']);
        const reply = await rpm.get(
          `${driver.units['nodejs.1']}${within(hidden)}`,
          reader,
        );
        expect(reply.status).toBe(400);
        expect(Object.keys(reply.body)).toEqual(['repository_version']);
      });

      it('refuse versions that are none', async () => {
        for (const version of ['x', `${shown}versions/99/`, driver.units.npm]) {
          const reply = await rpm.get(
            `${driver.units['nodejs.1']}?repository_version=${version}`,
          );
          expect(reply.status).toBe(400);
          expect(Object.keys(reply.body)).toEqual(['repository_version']);
        }
      });
    });

    describe('packages', () => {
      const modules = async (name: string, query = '', token?: any) => {
        const reply = await rpm.get(
          `${driver.units[name]}modules/${query}`,
          token,
        );
        expect(reply.status).toBe(200);
        expect(reply.body.count).toBe(reply.body.results.length);
        return reply.body.results.map(({ nsvca }: any) => nsvca);
      };

      it('name the modules that hold them, the newest first', async () => {
        expect(await modules('npm')).toEqual([
          'nodejs:10:10:c0ffee42:noarch',
          'nodejs:10:9:c0ffee42:noarch',
          'nodejs:12:1:c0ffee42:noarch',
        ]);
        const { body } = await rpm.get(`${driver.units.perl}modules/`);
        expect(body.results).toEqual([
          {
            pulp_href: driver.units['perl.5'],
            nsvca: 'perl:5:1:c0ffee42:noarch',
            name: 'perl',
            stream: '5',
            version: '1',
            context: 'c0ffee42',
            arch: 'noarch',
          },
        ]);
      });

      it('within a version name those that it holds', async () => {
        expect(await modules('npm', within(hidden))).toEqual([
          'nodejs:12:1:c0ffee42:noarch',
        ]);
        expect(await modules('perl', within(hidden))).toEqual([]);
      });

      it('name no modules to those who may not see them', async () => {
        expect(await modules('npm', '', reader)).toEqual([
          'nodejs:10:10:c0ffee42:noarch',
          'nodejs:10:9:c0ffee42:noarch',
        ]);
        const { status } = await rpm.get(
          `${driver.units.twin}modules/`,
          reader,
        );
        expect(status).toBe(404);
      });

      it('name them by pages', async () => {
        const { body } = await rpm.get(
          `${driver.units.npm}modules/?limit=1&offset=1&fields=version`,
        );
        expect(body).toMatchObject({
          count: 3,
          next: expect.stringContaining('offset=2'),
          previous: expect.stringContaining('offset=0'),
          results: [{ version: '9' }],
        });
      });
    });

    describe('a list of installed packages', () => {
      const ask = async (body: object, token?: any) => {
        const reply = await rpm.post('rpm/module_applicability/', body, token);
        expect([reply.status, reply.body]).toEqual([200, expect.anything()]);
        return reply.body;
      };
      const streams = async (body: object, token?: any) =>
        (await ask(body, token)).streams.map(
          ({ module, stream }: any) => `${module}:${stream}`,
        );
      const nevras = ['node-1:10.1-1.noarch', 'npm-6-1.noarch.rpm'];
      const build = (name: string, nsvca: string) => ({
        pulp_href: driver.units[name],
        nsvca,
      });

      it('has streams that apply, with what they have newer', async () => {
        const body = await ask({
          repository_versions: [`${shown}versions/1/`],
          nevras: [...nevras, 'bash-0:5-1.x86_64', 'gpg-pubkey'],
        });
        expect(body).toEqual({
          streams: [
            {
              module: 'nodejs',
              stream: '10',
              modulemds: [
                build('nodejs.2', 'nodejs:10:10:c0ffee42:noarch'),
                build('nodejs.1', 'nodejs:10:9:c0ffee42:noarch'),
              ],
              installed: nevras,
              newer: [
                {
                  installed: 'node-1:10.1-1.noarch',
                  available: 'node-1:10.2-1.noarch',
                  pulp_href: driver.units.node2,
                  nsvca: 'nodejs:10:10:c0ffee42:noarch',
                },
              ],
            },
          ],
          unreadable: ['gpg-pubkey'],
        });
      });

      it('looks into several versions together', async () => {
        const body = await ask({
          repository_versions: [shown, hidden],
          nevras: ['npm-0:6-1.noarch'],
        });
        expect(
          body.streams.map(({ stream, newer }: any) => [
            stream,
            newer.map(({ available }: any) => available),
          ]),
        ).toEqual([
          ['10', ['npm-0:7-1.noarch']],
          ['12', []],
        ]);
      });

      it('knows packages that are in no repository any more', async () => {
        expect(await streams({ nevras: ['docs-0:1-1.noarch'] })).toEqual([
          'nodejs:10',
        ]);
      });

      it('is asked only of enabled streams where those are known', async () => {
        expect(await streams({ nevras })).toEqual(['nodejs:10', 'nodejs:12']);
        const all = [...nevras, 'perl-5-1.noarch'];
        expect(
          await streams({ nevras: all, enabled_streams: { nodejs: '12' } }),
        ).toEqual(['nodejs:12', 'perl:5']);
      });

      it('tells nobody of modules that they may not see', async () => {
        expect(await streams({ nevras }, reader)).toEqual(['nodejs:10']);
        const [stream] = (await ask({ nevras }, reader)).streams;
        expect(stream.newer).toHaveLength(1);
        const reply = await rpm.post(
          'rpm/module_applicability/',
          { nevras, repository_versions: [`${hidden}versions/1/`] },
          reader,
        );
        expect(reply.status).toBe(400);
        expect(Object.keys(reply.body)).toEqual(['repository_versions']);
      });

      it('may be empty, or as long as any machine’s, and not longer', async () => {
        expect(await ask({ nevras: [] })).toEqual({
          streams: [],
          unreadable: [],
        });
        const many = Array.from({ length: 10_000 }, (_, i) => `p${i}-1-1.src`);
        expect(
          await streams({ nevras: [...many.slice(2), ...nevras] }),
        ).toEqual(['nodejs:10', 'nodejs:12']);
        const more = await rpm.post('rpm/module_applicability/', {
          nevras: [...many, 'one-1-1.src'],
        });
        expect(more.status).toBe(400);
        expect(Object.keys(more.body)).toEqual(['nevras']);
      });
    });
  },
);

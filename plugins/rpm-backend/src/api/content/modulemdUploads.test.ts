import fc from 'fast-check';
import type { Knex } from 'knex';
import request from 'supertest';
import { mockCredentials } from '@backstage/backend-test-utils';
import { API_ROOT } from '../../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../../testing';
import { RepositoryDriver } from '../../testing/RepositoryDriver';
import { saveTestPackages } from '../../testing/units';
import { moduleData } from '../../upload/testing/arbitraries';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const MODULE = {
  name: 'ducks',
  stream: '1.10',
  version: '20240101000000000001',
  context: 'c0ffee42',
  arch: 'noarch',
  summary: 'Ducks',
  description: 'All ducks',
  license: { module: ['MIT'] },
  static_context: true,
  dependencies: [{ requires: { platform: ['el9'], perl: [] } }],
  profiles: { default: { rpms: ['duck'] } },
  artifacts: { rpms: ['duck-0:0.7-1.noarch', 'goose-0:1-1.noarch'] },
};

/** A document of modules.yaml; JSON is YAML. */
function snippetOf(document: string, data: object): string {
  return `---\n${JSON.stringify({ document, version: 2, data })}\n...\n`;
}

function moduleSnippet(changes: object = {}): string {
  return snippetOf('modulemd', { ...MODULE, ...changes });
}

/** The fields as the API shows them. */
const FIELDS = {
  name: 'ducks',
  stream: '1.10',
  version: '20240101000000000001',
  context: 'c0ffee42',
  arch: 'noarch',
  description: 'All ducks',
  static_context: true,
  dependencies: MODULE.dependencies,
  profiles: { default: ['duck'] },
  artifacts: MODULE.artifacts.rpms,
};

const PATH = 'content/rpm/modulemds/';

describe.each(databases.eachSupportedId())(
  'uploads of module documents on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(
        await saveTestPackages(knex, {
          duck: { version: '0.7' },
          goose: { version: '2' },
          tool: { version: '1' },
        }),
      );
    });
    afterAll(() => rpm.stop());

    const read = async (href: string) => (await rpm.get(href)).body;

    /** @returns the unit's href */
    async function upload(path: string, body: object): Promise<string> {
      const task = await rpm.completed(await rpm.post(path, body));
      return task.result.pulp_href;
    }

    describe('modules', () => {
      it('are what their snippet says', async () => {
        const reply = await rpm.post(PATH, { snippet: moduleSnippet() });
        expect(reply.status).toBe(202);
        const task = await rpm.completed(reply);
        const href = task.result.pulp_href;
        expect(task).toMatchObject({
          name: 'pulpcore.app.tasks.base.general_create',
          created_resources: [href],
        });
        expect(await read(href)).toMatchObject({
          ...FIELDS,
          packages: [driver.units.duck],
        });
      });

      it('may be described, in agreement with the snippet', async () => {
        const description = 'Described ducks';
        const repository = await driver.create();
        const task = await rpm.completed(
          await rpm.post(PATH, {
            ...FIELDS,
            description,
            snippet: moduleSnippet({ description }),
            packages: [driver.units.duck],
            repository,
            pulp_labels: { team: 'ducks' },
          }),
        );
        const href = task.result.pulp_href;
        expect(task.created_resources).toEqual([
          `${repository}versions/1/`,
          href,
        ]);
        expect(await read(href)).toMatchObject({
          description,
          pulp_labels: { team: 'ducks' },
        });
      });

      it('come as a form as well', async () => {
        const reply = await request(rpm.backend.server)
          .post(`${API_ROOT}${PATH}`)
          .set('Authorization', mockCredentials.user.header())
          .type('form')
          .send({
            snippet: moduleSnippet({ description: 'Formal ducks' }),
            artifacts: JSON.stringify(FIELDS.artifacts),
            dependencies: JSON.stringify(FIELDS.dependencies),
            profiles: '',
            static_context: 'true',
          });
        const task = await rpm.completed(reply);
        expect(await read(task.result.pulp_href)).toMatchObject({
          description: 'Formal ducks',
        });
      });

      it.each([
        ['name', 'geese'],
        ['stream', '1.1'],
        ['version', '20240101000000000002'],
        ['context', 'deadbeef'],
        ['arch', 'x86_64'],
        ['description', 'Geese'],
        ['static_context', false],
        ['artifacts', []],
        ['dependencies', []],
        ['profiles', {}],
      ])('are refused when %s is said to be %j', async (field, value) => {
        const reply = await rpm.post(PATH, {
          ...FIELDS,
          [field]: value,
          snippet: moduleSnippet(),
        });
        expect(reply.status).toBe(400);
        expect(reply.body).toEqual({
          [field]: [
            expect.stringContaining('This differs from the snippet, which has'),
          ],
        });
      });

      it('are refused with packages that are no artifacts', async () => {
        const snippet = moduleSnippet();
        const strange = await rpm.post(PATH, {
          snippet,
          packages: [driver.units.duck, driver.units.goose],
        });
        expect(strange.status).toBe(400);
        expect(strange.body).toEqual({
          packages: [
            'The snippet does not name goose-0:2-1.noarch as an artifact.',
          ],
        });
        const nowhere = driver.units.duck.replace(/[0-9a-f]{8}/, '00000000');
        const unknown = await rpm.post(PATH, { snippet, packages: [nowhere] });
        expect(unknown.status).toBe(400);
        expect(unknown.body[0]).toContain(nowhere);
      });

      it('fail when they are there already', async () => {
        const snippet = moduleSnippet({ stream: 'again' });
        const href = await upload(PATH, { snippet });
        const task = await rpm.finished(
          await rpm.post(PATH, { snippet: snippet.replace('...', '') }),
        );
        expect(task.state).toBe('failed');
        expect(task.error.description).toBe(
          '[PLP0022] duplicate key value violates unique constraint: this module ' +
            `ducks:again:20240101000000000001:c0ffee42:noarch exists as ${href}.`,
        );
      });

      it.each([
        ['nothing', undefined, 'This field is required.'],
        ['an empty text', '', 'This field may not be blank.'],
        ['no YAML', 'document: [', 'is not valid YAML'],
        [
          'two documents, one of them without a mark',
          `${moduleSnippet()}${moduleSnippet().replace('---', '')}`,
          'there are 2 documents instead of one',
        ],
        [
          'a document of another kind',
          snippetOf('modulemd-defaults', { module: 'ducks' }),
          "is a 'modulemd-defaults' instead of a 'modulemd'",
        ],
        [
          'a document without context',
          moduleSnippet({ context: undefined }),
          'has no data.context',
        ],
        [
          'a version that is none',
          moduleSnippet({ version: 'new' }),
          'data.version',
        ],
      ])(
        'are refused for a snippet that is %s',
        async (_name, snippet, text) => {
          const reply = await rpm.post(PATH, { snippet });
          expect(reply.status).toBe(400);
          expect(reply.body).toEqual({
            snippet: [expect.stringContaining(text)],
          });
        },
      );

      it('read back as they were, whatever they say', async () => {
        let made = 0;
        await fc.assert(
          fc.asyncProperty(moduleData, async data => {
            made += 1;
            const name = `any${made}-${data.name}`;
            const href = await upload(PATH, {
              snippet: snippetOf('modulemd', { ...data, name }),
            });
            expect(await read(href)).toMatchObject({
              name,
              stream: data.stream,
              version: data.version,
              context: data.context,
              arch: data.arch,
              description: data.description,
              dependencies: data.dependencies,
              profiles: Object.fromEntries(
                Object.entries(data.profiles).map(([profile, { rpms }]) => [
                  profile,
                  rpms,
                ]),
              ),
              artifacts: data.artifacts.rpms,
            });
          }),
          { numRuns: 15 },
        );
      });

      it('never break the service', async () => {
        const body = fc.oneof(
          fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
          fc.record({ snippet: fc.string({ unit: 'binary' }) }),
          fc
            .tuple(
              fc.constantFrom(...Object.keys(MODULE)),
              fc.jsonValue({ maxDepth: 3 }),
            )
            .map(([key, value]) => ({
              snippet: moduleSnippet({ [key]: value }),
            })),
          fc
            .tuple(
              fc.constantFrom(...Object.keys(FIELDS), 'packages', 'repository'),
              fc.jsonValue({ maxDepth: 3 }),
            )
            .map(([key, value]) => ({
              snippet: moduleSnippet(),
              [key]: value,
            })),
        );
        await fc.assert(
          fc.asyncProperty(body, async value => {
            const reply = await rpm.post(PATH, value);
            expect([202, 400]).toContain(reply.status);
          }),
          { numRuns: 60 },
        );
      });
    });

    describe('a module that replaces another of its name and build', () => {
      const artifacts = (...rpms: string[]) => ({ artifacts: { rpms } });
      const TOOL = 'tool-0:1-1.noarch';
      let repository: string;
      let made = 0;

      beforeEach(async () => {
        made += 1;
        driver.know({
          module: await upload(PATH, {
            snippet: moduleSnippet({
              context: `map${made}`,
              ...artifacts(TOOL),
            }),
          }),
        });
        repository = await driver.create();
        await driver.change(repository, { add: 'module tool duck' });
      });

      /** Uploads a document of the same name and build into the repository. */
      async function replace(changes: object): Promise<any> {
        const { result } = await rpm.completed(
          await rpm.post(PATH, {
            snippet: moduleSnippet({ context: `map${made}`, ...changes }),
            repository,
          }),
        );
        driver.know({ other: result.pulp_href });
        return result;
      }

      it('keeps the packages that it names too', async () => {
        const { consequences } = await replace({
          description: 'Better ducks',
          ...artifacts('goose-0:1-1.noarch', TOOL),
        });
        expect(await driver.content(repository, 2)).toBe('duck other tool');
        expect(consequences.map((unit: any) => unit.reason)).toEqual([
          'replaced',
        ]);
        expect(await read(driver.units.other)).toMatchObject({
          packages: [driver.units.tool],
        });
      });

      it('lets those go that no module names any more, and tells', async () => {
        const { consequences } = await replace(artifacts());
        expect(await driver.content(repository, 2)).toBe('duck other');
        expect(consequences).toMatchObject([
          { pulp_href: driver.units.tool, reason: 'module-removed' },
          { pulp_href: driver.units.module, reason: 'replaced' },
        ]);
      });
    });

    describe.each([
      {
        path: 'content/rpm/modulemd_defaults/',
        kind: 'modulemd-defaults',
        data: { module: 'ducks', stream: '1.10', profiles: { '1.10': ['a'] } },
        fields: {
          module: 'ducks',
          stream: '1.10',
          profiles: { '1.10': ['a'] },
        },
        others: { module: 'geese', stream: '1.1', profiles: { '1.10': [] } },
        name: 'document with the defaults of module ducks',
      },
      {
        path: 'content/rpm/modulemd_obsoletes/',
        kind: 'modulemd-obsoletes',
        data: {
          modified: '2024-01-01T00:00Z',
          module: 'ducks',
          stream: '1.10',
          message: 'gone',
          reset: true,
          context: 'c0ffee42',
          eol_date: '2025-01-01',
          obsoleted_by: { module: 'geese', stream: '2' },
        },
        fields: {
          modified: '2024-01-01T00:00Z',
          module_name: 'ducks',
          module_stream: '1.10',
          message: 'gone',
          override_previous: 'True',
          module_context: 'c0ffee42',
          eol_date: '2025-01-01',
          obsoleted_by_module_name: 'geese',
          obsoleted_by_module_stream: '2',
        },
        others: {
          modified: '2024-01-02T00:00Z',
          module_name: 'geese',
          module_stream: '1.1',
          message: 'here',
          override_previous: 'False',
          module_context: 'deadbeef',
          eol_date: '2026-01-01',
          obsoleted_by_module_name: 'swans',
          obsoleted_by_module_stream: '3',
        },
        name: 'notice about module ducks:1.10',
      },
    ])('$path', ({ path, kind, data, fields, others, name }) => {
      it('takes a snippet alone, or with what it says', async () => {
        const href = await upload(path, { snippet: snippetOf(kind, data) });
        expect(await read(href)).toMatchObject(fields);
        const again = await rpm.finished(
          await rpm.post(path, { ...fields, snippet: snippetOf(kind, data) }),
        );
        expect(again.error.description).toBe(
          '[PLP0022] duplicate key value violates unique constraint: ' +
            `this ${name} exists as ${href}.`,
        );
      });

      it('adds it to a repository', async () => {
        const repository = await driver.create();
        const snippet = `# added\n${snippetOf(kind, { ...data, note: 'x' })}`;
        const task = await rpm.completed(
          await rpm.post(path, { snippet, repository }),
        );
        expect(task.created_resources).toEqual([
          `${repository}versions/1/`,
          task.result.pulp_href,
        ]);
      });

      it('refuses what differs, by field', async () => {
        for (const [field, value] of Object.entries(others)) {
          const reply = await rpm.post(path, {
            snippet: snippetOf(kind, data),
            [field]: value,
          });
          expect([reply.status, Object.keys(reply.body)]).toEqual([
            400,
            [field],
          ]);
        }
        const module = await rpm.post(path, { snippet: moduleSnippet() });
        expect(module.status).toBe(400);
        expect(module.body.snippet[0]).toContain(`instead of a '${kind}'`);
      });
    });
  },
);

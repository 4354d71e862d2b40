import { gzipSync } from 'zlib';
import type { Knex } from 'knex';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../../testing';
import { postFile } from '../../testing/documents';
import { RepositoryDriver } from '../../testing/RepositoryDriver';
import { saveTestPackages } from '../../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const PATH = 'content/rpm/modulemds/';

function moduleOf(stream: string, ...artifacts: string[]): string {
  return `---
document: modulemd
version: 2
data:
  name: geese
  stream: "${stream}"
  version: 1
  context: c0ffee42
  arch: noarch
  summary: Geese
  description: Geese of ${stream}
  license: {module: [MIT]}
  artifacts: {rpms: [${artifacts.join()}]}
...`;
}
const DEFAULTS = `---
document: modulemd-defaults
version: 1
data: {module: geese, stream: "1"}
...`;
const OBSOLETES = `---
document: modulemd-obsoletes
version: 1
data: {module: geese, stream: "1", modified: 2026-01-01T00:00Z, message: gone}
...`;
const TRANSLATIONS = `---
document: modulemd-translations
version: 1
data: {module: geese, stream: "1", modified: 202601010000}
...`;
const NO_CONTEXT = moduleOf('3').replace(/ {2}context.*\n/, '');

describe.each(databases.eachSupportedId())(
  'uploads of whole files of modules on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(await saveTestPackages(knex, { goose: { version: '1' } }));
    });
    afterAll(() => rpm.stop());

    const counts = async (version: string) => {
      const { body } = await rpm.get(version);
      return Object.fromEntries(
        Object.entries<any>(body.content_summary.present).map(
          ([type, { count }]) => [type, count],
        ),
      );
    };
    const stored = async () => (await knex('unit').count({ n: '*' }))[0].n;

    it('make units of all documents, in one version', async () => {
      const repository = await driver.create();
      const file = [
        TRANSLATIONS,
        moduleOf('1', 'goose-0:1-1.noarch', 'gander-0:1-1.noarch'),
        DEFAULTS,
        moduleOf('2'),
        OBSOLETES,
        DEFAULTS,
      ].join('\n');
      const fields = {
        repository,
        reason: 'all geese',
        pulp_labels: '{"team":"geese"}',
      };
      const task = await rpm.completed(
        await postFile(rpm, PATH, gzipSync(file), fields),
      );
      const version = `${repository}versions/1/`;
      expect(task).toMatchObject({
        name: 'rpm.modulemd.upload',
        result: {
          outcome: 'created',
          version,
          units: 5,
          units_created: 5,
          problems: [],
        },
      });
      expect(task.created_resources[0]).toBe(version);
      expect(task.created_resources).toHaveLength(6);
      expect(await counts(version)).toEqual({
        'rpm.modulemd': 2,
        'rpm.modulemd_defaults': 1,
        'rpm.modulemd_obsolete': 1,
        'rpm.modulemd_document': 1,
      });
      expect((await rpm.get(version)).body.reason).toBe('all geese');
      const { body } = await rpm.get(
        `${PATH}?stream=1&repository_version=${version}`,
      );
      expect(body.results).toMatchObject([
        { description: 'Geese of 1', pulp_labels: { team: 'geese' } },
      ]);
      const [{ pulp_href: module }] = body.results;
      const mapped = await rpm.get(module);
      expect(mapped.body).toMatchObject({
        pulp_artifacts_map: [
          {
            filename: 'goose-1-1.noarch.rpm',
            pulp_href: driver.units.goose,
          },
        ],
        missing_artifacts: ['gander-0:1-1.noarch'],
      });

      const again = await rpm.completed(
        await postFile(rpm, PATH, file, { repository }),
      );
      expect(again.result).toMatchObject({
        outcome: 'unchanged',
        units: 5,
        units_created: 0,
      });
    });

    it('come as a text too, for no repository', async () => {
      const snippet = `${moduleOf('text')}\n${TRANSLATIONS.replace(
        'geese',
        'swans',
      )}`;
      const task = await rpm.completed(await rpm.post(PATH, { snippet }));
      expect(task).toMatchObject({
        name: 'rpm.modulemd.upload',
        result: { units: 2, units_created: 2 },
      });
      for (const href of task.created_resources) {
        expect((await rpm.get(href)).status).toBe(200);
      }
    });

    it('may be a single document of any kind', async () => {
      const file = DEFAULTS.replace('geese', 'swans');
      const task = await rpm.completed(await postFile(rpm, PATH, file));
      expect(task.created_resources).toEqual([
        expect.stringContaining('/modulemd_defaults/'),
      ]);
    });

    it('tell of documents that stop clients', async () => {
      const file = '---\ndocument: modulemd-riddles\n...';
      const { result } = await rpm.completed(await postFile(rpm, PATH, file));
      expect(result.problems).toEqual([
        expect.stringContaining('"modulemd-riddles"'),
      ]);
    });

    it('are refused for each document that is wrong, and make nothing', async () => {
      const repository = await driver.create();
      const before = await stored();
      const file = [
        moduleOf('new'),
        NO_CONTEXT,
        moduleOf('new', 'goose-0:1-1.noarch'),
        DEFAULTS,
        'document: [',
        DEFAULTS.replace('"1"', '"2"'),
      ].join('\n');
      const reply = await postFile(rpm, PATH, file, { repository });
      expect(reply.status).toBe(400);
      expect(reply.body).toEqual({
        file: [
          'modules.yaml has document 2 (geese:3) that has no data.context.',
          'modules.yaml has document 3 that is a second module geese:new:1:c0ffee42:noarch, which document 1 is.',
          expect.stringMatching(
            /^modules.yaml has document 5 that is not valid YAML: /,
          ),
          'modules.yaml has document 6 that is a second defaults of module geese, which document 4 is.',
        ],
      });
      const text = await rpm.post(PATH, { snippet: file, repository });
      expect(text.status).toBe(400);
      expect(text.body).toEqual({ snippet: reply.body.file });
      expect(await stored()).toBe(before);
      expect((await rpm.get(`${repository}versions/`)).body.count).toBe(1);
    });

    it.each([
      ['nothing', '', 'There are no documents in it.'],
      ['comments alone', '# geese\n', 'There are no documents in it.'],
      ['what looks compressed', '\x1f\x8b\x08 geese', 'cannot be read'],
      ['a list', '- geese', 'document 1 that has content that is no mapping'],
    ])('are refused for %s', async (_name, file, sentence) => {
      const reply = await postFile(rpm, PATH, Buffer.from(file, 'latin1'));
      expect(reply.status).toBe(400);
      expect(reply.body).toEqual({ file: [expect.stringContaining(sentence)] });
    });

    it('name at most a hundred problems', async () => {
      const file = Array.from({ length: 150 }, () => NO_CONTEXT).join('\n');
      const reply = await postFile(rpm, PATH, file);
      expect(reply.body.file).toHaveLength(101);
      expect(reply.body.file[100]).toBe('And 50 more.');
    });

    it('stand for themselves', async () => {
      const beside = await postFile(rpm, PATH, moduleOf('beside'), {
        name: 'geese',
        snippet: moduleOf('beside'),
      });
      expect([beside.status, Object.keys(beside.body).sort()]).toEqual([
        400,
        ['name', 'snippet'],
      ]);
      const text = await rpm.post(PATH, {
        snippet: `${moduleOf('4')}\n${moduleOf('5')}`,
        stream: '4',
      });
      expect([text.status, Object.keys(text.body)]).toEqual([400, ['stream']]);
      const nothing = await rpm.post(PATH, {});
      expect(nothing.body).toEqual({ snippet: ['This field is required.'] });
    });

    it('need the permission to change the repository', async () => {
      const repository = await driver.create();
      const reply = await postFile(rpm, PATH, DEFAULTS, { repository }).set(
        'Authorization',
        mockCredentials.none.header(),
      );
      expect(reply.status).toBe(401);
    });
  },
);

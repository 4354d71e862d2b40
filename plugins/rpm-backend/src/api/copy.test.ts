import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const UNKNOWN = '019bf000-0000-7000-8000-000000000001';
const REPOSITORIES = '/api/rpm/pulp/api/v3/repositories/rpm/rpm/';
const PACKAGES = '/api/rpm/pulp/api/v3/content/rpm/packages/';

describe.each(databases.eachSupportedId())('copy API on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;
  let source: string;
  let destination: string;
  /** `<permission> <repository's UUID>` of what is denied. */
  const denied = new Set<string>();

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission, resourceRef }) => ({
          result: denied.has(`${permission.name} ${resourceRef}`)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
      authorizeConditional: async requests =>
        requests.map(({ permission, resourceRef }) => ({
          result: denied.has(`${permission.name} ${resourceRef}`)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    });
    rpm = await startRpmBackend({ knex, features: [permissions.factory] });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know(await saveTestPackages(knex, { a: {}, b: {}, c: {} }));
    source = await driver.example();
    destination = await driver.create({ name: 'shelf' });
  });
  afterAll(() => rpm.stop());
  afterEach(() => denied.clear());

  const copy = (entry: object, options: object = {}) =>
    rpm.post('rpm/copy/', {
      config: [
        {
          source_repo_version: `${source}versions/2/`,
          dest_repo: destination,
          ...entry,
        },
      ],
      ...options,
    });
  const uuidOf = (repository: string) => repository.split('/').at(-2);
  const prnOf = (repository: string) =>
    `prn:rpm.rpmrepository:${uuidOf(repository)}`;

  describe('refuses a configuration', () => {
    it.each<[string, unknown, string]>([
      ['that is no list', { a: 1 }, 'config must be a list'],
      ['that is a text', '[]', 'config must be a list'],
      ['that is null', null, 'config must be a list'],
      ['without entries', [], 'config must not be empty'],
      ['with something else as entry', ['x'], 'config[0] must be an object'],
      [
        'without a destination',
        [{ source_repo_version: 'x' }],
        'config[0].dest_repo is required',
      ],
      [
        'without a source',
        [{ dest_repo: 'x' }],
        'config[0].source_repo_version is required',
      ],
      [
        'with values of wrong types',
        [
          { source_repo_version: 'x', dest_repo: 'y' },
          {
            source_repo_version: 1,
            dest_repo: ['y'],
            dest_base_version: '3',
            content: 'z',
          },
        ],
        'config[1].source_repo_version must be a text; config[1].dest_repo must be a text; config[1].dest_base_version must be a whole number; config[1].content must be a list',
      ],
      [
        'with a negative version',
        [{ source_repo_version: 'x', dest_repo: 'y', dest_base_version: -1 }],
        'config[0].dest_base_version must not be negative',
      ],
      [
        'with a version that no repository can have',
        [
          {
            source_repo_version: 'x',
            dest_repo: 'y',
            dest_base_version: 3_000_000_000,
          },
        ],
        'config[0].dest_base_version must be 2147483647 at most',
      ],
      [
        'of more entries than anybody needs',
        Array(101).fill({ source_repo_version: 'x', dest_repo: 'y' }),
        'config must have 100 entries at most',
      ],
      [
        'with a unit that is no reference',
        [{ source_repo_version: 'x', dest_repo: 'y', content: ['z', 7] }],
        'config[0].content[1] must be a text',
      ],
      [
        'with a misspelt key',
        [{ source_repo_version: 'x', dest_repo: 'y', contents: [] }],
        'config[0]: unexpected key "contents"',
      ],
    ])('%s', async (_name, config, problem) => {
      const { status, body } = await rpm.post('rpm/copy/', { config });
      expect(status).toBe(400);
      expect(body).toEqual([`Provided copy criteria is invalid:'${problem}'`]);
    });

    it('that is not there', async () => {
      const { status, body } = await rpm.post('rpm/copy/', {});
      expect(status).toBe(400);
      expect(body).toEqual({ config: ['This field is required.'] });
    });
  });

  it('refuses unknown keys beside the configuration', async () => {
    const { status, body } = await copy({}, { dependencySolving: true });
    expect(status).toBe(400);
    expect(body).toEqual({ dependencySolving: ['Unexpected field'] });
  });

  it.each<[string, () => object, () => string]>([
    [
      'source',
      () => ({ source_repo_version: `${source}versions/9/` }),
      () => `URI ${source}versions/9/ not found for repositoryversion.`,
    ],
    [
      'source that is a repository',
      () => ({ source_repo_version: source }),
      () => `URI ${source} not found for repositoryversion.`,
    ],
    [
      'destination',
      () => ({ dest_repo: `${REPOSITORIES}${UNKNOWN}/` }),
      () => `URI ${REPOSITORIES}${UNKNOWN}/ not found for rpmrepository.`,
    ],
    [
      'destination that is a version',
      () => ({ dest_repo: `${source}versions/1/` }),
      () => `URI ${source}versions/1/ not found for rpmrepository.`,
    ],
    [
      'unit',
      () => ({ content: [driver.units.a, `${PACKAGES}${UNKNOWN}/`] }),
      () =>
        `Could not find the following content units: ['${PACKAGES}${UNKNOWN}/']`,
    ],
    [
      'base version',
      () => ({ dest_base_version: 9 }),
      () => "Version 9 does not exist for repository 'shelf'.",
    ],
  ])('names an unknown %s', async (_name, entry, expected) => {
    const { status, body } = await copy(entry());
    expect(status).toBe(400);
    expect(body).toEqual([expected()]);
  });

  it('refuses two base versions of one destination', async () => {
    const entry = {
      source_repo_version: `${source}versions/2/`,
      dest_repo: destination,
    };
    const { status, body } = await rpm.post('rpm/copy/', {
      config: [{ ...entry, dest_base_version: 0 }, entry],
    });
    expect(status).toBe(400);
    expect(body).toEqual([
      "The entries for repository 'shelf' name different base versions.",
    ]);
  });

  it('takes PRNs', async () => {
    const own = await driver.create();
    const version = await rpm.get(`${source}versions/2/`);
    const { body: unit } = await rpm.get(driver.units.a);
    await rpm.completed(
      await copy({
        source_repo_version: version.body.prn,
        dest_repo: prnOf(own),
        content: [unit.prn],
      }),
    );
    expect(await driver.content(own, 1)).toBe('a');
  });

  it('copies nothing of an empty list', async () => {
    const task = await rpm.completed(await copy({ content: [] }));
    expect(task.result).toMatchObject({ outcome: 'unchanged' });
    expect(task.created_resources).toEqual([]);
  });

  it('goes back to the base version when nothing is copied onto it', async () => {
    const own = await driver.example();
    await rpm.completed(
      await copy({ dest_repo: own, dest_base_version: 1, content: [] }),
    );
    expect(await driver.content(own, 3)).toBe('a b');
  });

  describe('permissions', () => {
    const copied = async () => {
      const { status, body } = await copy({});
      return { status, body };
    };

    it('to copy are needed at the destination', async () => {
      denied.add(`rpm.repository.copy ${uuidOf(destination)}`);
      expect(await copied()).toMatchObject({ status: 403 });
    });

    it('to read are needed at the source, else it does not exist', async () => {
      denied.add(`rpm.repository.read ${uuidOf(source)}`);
      expect(await copied()).toEqual({
        status: 400,
        body: [`URI ${source}versions/2/ not found for repositoryversion.`],
      });
    });

    it('to copy do not tell of a destination that cannot be read', async () => {
      denied.add(`rpm.repository.copy ${uuidOf(destination)}`);
      denied.add(`rpm.repository.read ${uuidOf(destination)}`);
      expect(await copied()).toEqual({
        status: 400,
        body: [`URI ${destination} not found for rpmrepository.`],
      });
    });

    it('to change content are not needed', async () => {
      denied.add(`rpm.repository.modify ${uuidOf(destination)}`);
      denied.add(`rpm.repository.copy ${uuidOf(source)}`);
      expect(await copied()).toMatchObject({ status: 202 });
    });
  });
});

import { PublishTester } from '../publish/testing/PublishTester';
import { createTestDatabases } from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const COLLECTION = 'publications/rpm/rpm/';
const UNKNOWN =
  '/api/rpm/pulp/api/v3/repositories/rpm/rpm/019bf000-0000-7000-8000-000000000001/';
const MISSING_LINK = ['Invalid hyperlink - Object does not exist.'];

describe.each(databases.eachSupportedId())('publications on %p', databaseId => {
  let tester: PublishTester;

  beforeAll(async () => {
    tester = await PublishTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  it('publishes the latest version of a repository in a task', async () => {
    const { rpm } = tester;
    const repository = await tester.repositoryOf({ wolf: {} });
    const reply = await rpm.post(COLLECTION, { repository });
    expect(reply.status).toBe(202);
    expect(Object.keys(reply.body)).toEqual(['task']);

    const task = await rpm.completed(reply);
    expect(task).toMatchObject({
      name: 'pulp_rpm.app.tasks.publishing.publish',
      created_resources: [expect.stringContaining(COLLECTION)],
      reserved_resources_record: expect.arrayContaining([
        expect.stringMatching(/^shared:prn:rpm\.rpmrepository:/),
      ]),
      progress_reports: [
        {
          code: 'publish.generating_metadata',
          message: 'Generating repository metadata',
          state: 'completed',
          total: 1,
          done: 1,
          suffix: null,
        },
      ],
    });
    const { body } = await rpm.get(task.created_resources[0]);
    expect(body).toMatchObject({
      pulp_href: task.created_resources[0],
      prn: expect.stringMatching(/^prn:rpm\.rpmpublication:/),
      repository,
      repository_version: `${repository}versions/1/`,
      checkpoint: false,
      checkpoint_timestamp: null,
      checksum_type: 'sha256',
      metadata_checksum_type: null,
      package_checksum_type: null,
      gpgcheck: null,
      repo_gpgcheck: null,
      sqlite_metadata: false,
      compression_type: 'gz',
      layout: 'nested_alphabetically',
      repo_config: {},
    });
  });

  it('takes what is not said from the repository', async () => {
    const repository = await tester.repositories.create({
      checksum_type: 'sha512',
      compression_type: 'zstd',
      layout: 'flat',
      repo_config: { gpgcheck: 1 },
    });
    expect(await tester.publish(repository)).toMatchObject({
      checksum_type: 'sha512',
      compression_type: 'zstd',
      layout: 'flat',
      repo_config: { gpgcheck: 1 },
    });
    const said = {
      checksum_type: 'sha384',
      compression_type: 'none',
      layout: 'nested_by_digest',
      repo_config: {},
    };
    expect(await tester.publish(repository, said)).toMatchObject(said);
  });

  it.each([
    [
      {},
      {
        non_field_errors: [
          "Either the 'repository' or 'repository_version' need to be specified",
        ],
      },
    ],
    [
      { repository: UNKNOWN, repository_version: `${UNKNOWN}versions/0/` },
      {
        non_field_errors: [
          "Either the 'repository' or 'repository_version' need to be specified but not both.",
        ],
      },
    ],
    [{ repository: UNKNOWN }, { repository: MISSING_LINK }],
    [{ repository: 'nowhere' }, { repository: MISSING_LINK }],
    [{ repository_version: UNKNOWN }, { repository_version: MISSING_LINK }],
    [
      { repository_version: `${UNKNOWN}versions/0/` },
      { repository_version: MISSING_LINK },
    ],
    [
      { repository: UNKNOWN, layout: 'round', more: 1 },
      {
        layout: ['"round" is not a valid choice.'],
        more: ['Unexpected field'],
      },
    ],
  ])('refuses %j', async (body, errors) => {
    const reply = await tester.rpm.post(COLLECTION, body);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status: 400,
      body: errors,
    });
  });

  it('publishes an earlier version, also as a checkpoint', async () => {
    const repository = await tester.repositoryOf({ wolf: {} });
    const version = `${repository}versions/0/`;
    const publication = await tester.publish(repository, {
      repository: undefined,
      repository_version: version,
      checkpoint: true,
    });
    expect(publication).toMatchObject({
      repository,
      repository_version: version,
      checkpoint: true,
      checkpoint_timestamp: expect.stringMatching(/^\d{8}T\d{6}Z$/),
    });
  });

  it('lists publications by what they are of and what they hold', async () => {
    const { rpm, repositories } = tester;
    const repository = await tester.repositoryOf({ bear: {} });
    const [first, second] = [
      await tester.publish(repository, {
        repository: undefined,
        repository_version: `${repository}versions/0/`,
      }),
      await tester.publish(repository, { checkpoint: true }),
    ].map(publication => publication.pulp_href);
    const list = async (query: string) => {
      const { body } = await rpm.get(
        `${COLLECTION}?repository=${repository}&${query}`,
      );
      return body.results.map((result: any) => result.pulp_href);
    };
    expect(await list('')).toEqual([second, first]);
    expect(await list('ordering=pulp_created')).toEqual([first, second]);
    expect(await list('checkpoint=true')).toEqual([second]);
    expect(await list(`content=${repositories.units.bear}`)).toEqual([second]);
    expect(await list(`repository_version=${repository}versions/0/`)).toEqual([
      first,
    ]);
    expect(await list('pulp_created__lt=2020-01-01T00:00:00Z')).toEqual([]);
  });

  it('deletes a publication at once', async () => {
    const { rpm } = tester;
    const repository = await tester.repositories.create();
    const { pulp_href: href } = await tester.publish(repository);
    const basePath = await tester.distribute({ publication: href });
    expect((await tester.fetch(`${basePath}/`)).status).toBe(200);

    expect((await rpm.delete(href)).status).toBe(204);
    expect((await rpm.get(href)).status).toBe(404);
    expect((await tester.fetch(`${basePath}/`)).status).toBe(404);
    expect((await rpm.delete(href)).status).toBe(404);
  });

  it('shows, lists and serves nothing that is incomplete', async () => {
    const { rpm, knex } = tester;
    const repository = await tester.repositories.create();
    const { pulp_href: href } = await tester.publish(repository, {
      checkpoint: true,
    });
    const plain = await tester.distribute({ repository });
    const checkpoints = await tester.distribute({
      repository,
      checkpoint: true,
    });
    expect(await tester.list(`${checkpoints}/`)).toHaveLength(1);
    await knex('publication')
      .where('uuid', href.split('/').at(-2))
      .update({ complete: false });

    expect((await rpm.get(href)).status).toBe(404);
    const { body } = await rpm.get(`${COLLECTION}?repository=${repository}`);
    expect(body.count).toBe(0);
    expect((await tester.fetch(`${plain}/`)).status).toBe(404);
    expect(await tester.list(`${checkpoints}/`)).toEqual([]);
  });

  describe('autopublish', () => {
    it('publishes each new version in the task that made it', async () => {
      const { rpm, repositories } = tester;
      const repository = await repositories.create({ autopublish: true });
      const basePath = await tester.distribute({ repository });
      await tester.add(repository, { wolf: {} });
      const task = await repositories.change(repository, { remove: '*' });
      const [version, publication] = task.created_resources;
      expect(version).toBe(`${repository}versions/2/`);
      expect((await rpm.get(publication)).body).toMatchObject({
        repository_version: version,
        checkpoint: false,
      });
      expect(await tester.list(`${basePath}/`)).toEqual(['repodata/']);
    });

    it('publishes nothing when nothing changed', async () => {
      const { rpm, repositories } = tester;
      const repository = await repositories.create({ autopublish: true });
      const task = await repositories.change(repository, { remove: '*' });
      expect(task.created_resources).toEqual([]);
      const { body } = await rpm.get(`${COLLECTION}?repository=${repository}`);
      expect(body.count).toBe(0);
    });
  });

  describe('retain_checkpoints', () => {
    const checkpointsOf = async (repository: string) => {
      const { body } = await tester.rpm.get(
        `${COLLECTION}?repository=${repository}&ordering=pulp_created`,
      );
      return body.results.map(
        (result: any) => result.checkpoint && result.checkpoint_timestamp,
      );
    };

    it('keeps the newest, and lets go of the others as soon as told', async () => {
      const { rpm, repositories } = tester;
      const repository = await repositories.create({ retain_checkpoints: 3 });
      for (let i = 0; i < 4; i += 1) {
        await tester.publish(repository, { checkpoint: true });
      }
      await tester.publish(repository);
      const [first, , , fourth, plain] = await checkpointsOf(repository);
      expect([first, plain]).toEqual([false, false]);

      const body = { retain_checkpoints: 1 };
      await rpm.completed(await rpm.patch(repository, body));
      expect(await checkpointsOf(repository)).toEqual([
        false,
        false,
        false,
        fourth,
        false,
      ]);
      const basePath = await tester.distribute({
        repository,
        checkpoint: true,
      });
      expect(await tester.list(`${basePath}/`)).toEqual([`${fourth}/`]);
    });
  });

  it('gives checkpoints of one second stamps of their own', async () => {
    const repository = await tester.repositories.create();
    const publications = await Promise.all(
      [1, 2, 3, 4].map(() => tester.publish(repository, { checkpoint: true })),
    );
    const stamps = publications.map(each => each.checkpoint_timestamp);
    expect(new Set(stamps).size).toBe(4);
    const basePath = await tester.distribute({ repository, checkpoint: true });
    for (const stamp of stamps) {
      expect(await tester.list(`${basePath}/${stamp}/`)).toEqual(['repodata/']);
    }
  });
});

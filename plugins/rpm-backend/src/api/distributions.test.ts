import { PublishTester } from '../publish/testing/PublishTester';
import { createTestDatabases } from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const COLLECTION = 'distributions/rpm/rpm/';
const MISSING_LINK = ['Invalid hyperlink - Object does not exist.'];

describe.each(databases.eachSupportedId())('distributions on %p', id => {
  let tester: PublishTester;
  let repository: string;

  beforeAll(async () => {
    tester = await PublishTester.start(await databases.init(id), {
      contentOrigin: 'https://content.example',
    });
    repository = await tester.repositories.create();
  });
  afterAll(() => tester.stop());

  const create = async (body: object) => {
    const reply = await tester.rpm.post(COLLECTION, body);
    expect(reply.status).toBe(202);
    const { created_resources: made } = await tester.rpm.completed(reply);
    return (await tester.rpm.get(made[0])).body;
  };

  it('creates, reads, lists, changes and deletes one', async () => {
    const { rpm } = tester;
    const created = await create({
      name: 'one',
      base_path: 'shop/el9',
      repository,
      pulp_labels: { stage: 'dev' },
    });
    expect(created).toMatchObject({
      prn: expect.stringMatching(/^prn:rpm\.rpmdistribution:/),
      name: 'one',
      base_path: 'shop/el9',
      base_url: 'https://content.example/api/rpm/pulp/content/shop/el9/',
      content_guard: null,
      hidden: false,
      pulp_labels: { stage: 'dev' },
      repository,
      repository_version: null,
      publication: null,
      generate_repo_config: false,
      checkpoint: false,
    });
    const list = await rpm.get(`${COLLECTION}?repository=${repository}`);
    expect(list.body.results).toEqual([created]);

    const same = await rpm.patch(created.pulp_href, { name: 'one' });
    expect([same.status, same.body]).toEqual([200, created]);
    const changed = await rpm.patch(created.pulp_href, {
      repository: null,
      repository_version: `${repository}versions/0/`,
      hidden: true,
    });
    expect(Object.keys(changed.body)).toEqual(['task']);
    await rpm.completed(changed);
    expect((await rpm.get(created.pulp_href)).body).toMatchObject({
      repository: null,
      repository_version: `${repository}versions/0/`,
      hidden: true,
      pulp_labels: { stage: 'dev' },
    });

    const replaced = await rpm.put(created.pulp_href, {
      name: 'two',
      base_path: 'shop/el10',
    });
    await rpm.completed(replaced);
    expect((await rpm.get(created.pulp_href)).body).toMatchObject({
      name: 'two',
      base_path: 'shop/el10',
      repository_version: null,
      hidden: false,
      pulp_labels: {},
    });

    await rpm.completed(await rpm.delete(created.pulp_href));
    expect((await rpm.get(created.pulp_href)).status).toBe(404);
  });

  it('serves a publication', async () => {
    const { pulp_href: publication } = await tester.publish(repository);
    const { base_path: base } = await create({
      name: 'published',
      base_path: 'published',
      publication,
    });
    expect(await tester.list(`${base}/`)).toEqual(['repodata/']);
  });

  it('outlives its repository and then serves nothing', async () => {
    const gone = await tester.repositories.create();
    const { pulp_href: href, base_path: base } = await create({
      name: 'orphan',
      base_path: 'orphan',
      repository: gone,
      checkpoint: true,
    });
    await tester.rpm.completed(await tester.rpm.delete(gone));
    expect((await tester.rpm.get(href)).body.repository).toBeNull();
    expect((await tester.fetch(`${base}/`)).status).toBe(404);

    const again = await tester.rpm.patch(href, { repository });
    await tester.rpm.completed(again);
    expect((await tester.rpm.get(href)).body).toMatchObject({
      repository,
      checkpoint: true,
    });
  });

  it('loses none of several changes made at once', async () => {
    const { pulp_href: href } = await create({
      name: 'contended',
      base_path: 'contended',
      repository,
    });
    const changes = {
      hidden: true,
      generate_repo_config: true,
      pulp_labels: { a: 'b' },
      base_path: 'contended/changed',
    };
    await Promise.all(
      Object.entries(changes).map(([field, value]) =>
        tester.rpm.patch(href, { [field]: value }),
      ),
    );
    expect((await tester.rpm.get(href)).body).toMatchObject(changes);
  });

  const UNKNOWN = '019bf000-0000-7000-8000-000000000001';
  const api = '/api/rpm/pulp/api/v3/';
  it.each([
    [
      {},
      {
        name: ['This field is required.'],
        base_path: ['This field is required.'],
      },
    ],
    [
      { name: 'x', base_path: '../x' },
      { base_path: ['Relative path is not in canonical form. ../x'] },
    ],
    [
      { name: 'x', base_path: 'x', checkpoint: true },
      {
        non_field_errors: [
          "The 'checkpoint' attribute may only be used with the 'repository' attribute.",
        ],
      },
    ],
    [
      {
        name: 'x',
        base_path: 'x',
        repository: `${api}repositories/rpm/rpm/${UNKNOWN}/`,
      },
      { repository: MISSING_LINK },
    ],
    [
      {
        name: 'x',
        base_path: 'x',
        publication: `${api}publications/rpm/rpm/${UNKNOWN}/`,
      },
      { publication: MISSING_LINK },
    ],
    [
      {
        name: 'x',
        base_path: 'x',
        repository_version: `${api}repositories/rpm/rpm/${UNKNOWN}/versions/1/`,
      },
      { repository_version: MISSING_LINK },
    ],
  ])('refuses %j', async (body, errors) => {
    const reply = await tester.rpm.post(COLLECTION, body);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status: 400,
      body: errors,
    });
  });

  it('points at one thing only', async () => {
    const reply = await tester.rpm.post(COLLECTION, {
      name: 'x',
      base_path: 'x',
      repository,
      repository_version: `${repository}versions/0/`,
    });
    expect(reply.body).toEqual({
      non_field_errors: [
        "Only one of the attributes 'repository' and 'repository_version' may be used simultaneously.",
      ],
    });
  });

  it('has a path that no other contains, whoever asks first', async () => {
    await create({ name: 'taken', base_path: 'foo/bar' });
    const reply = (body: object) => tester.rpm.post(COLLECTION, body);
    expect((await reply({ name: 'n', base_path: 'foo' })).body).toEqual({
      base_path: ["Overlaps with existing distribution 'taken'"],
    });
    expect((await reply({ name: 'n', base_path: 'foo/bar/b' })).body).toEqual({
      base_path: ["Overlaps with existing distribution 'taken'"],
    });
    expect((await reply({ name: 'n', base_path: 'foo/bar' })).body).toEqual({
      base_path: ['This field must be unique.'],
    });
    expect((await reply({ name: 'taken', base_path: 'n' })).body).toEqual({
      name: ['This field must be unique.'],
    });
    await create({ name: 'beside', base_path: 'foo/barn' });

    const replies = await Promise.all(
      ['race', 'race/a', 'race/a/b'].map((path, i) =>
        reply({ name: `race ${i}`, base_path: path }),
      ),
    );
    expect(replies.map(each => each.status).sort()).toEqual([202, 400, 400]);
  });
});

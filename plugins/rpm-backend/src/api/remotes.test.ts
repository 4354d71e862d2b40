import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases, startRpmBackend } from '../testing';
import type { RpmTestBackend } from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('remotes on %p', databaseId => {
  let rpm: RpmTestBackend;

  beforeAll(async () => {
    rpm = await startRpmBackend({ knex: await databases.init(databaseId) });
  });
  afterAll(() => rpm.stop());

  const create = (body: object) => rpm.post('remotes/rpm/rpm/', body);

  it('creates, reads and lists a remote without showing its secrets', async () => {
    const created = await create({
      name: 'one',
      url: 'https://packages.example/el9',
      username: 'reader',
      password: 'hush',
    });
    expect(created.status).toBe(201);
    expect(created.headers['content-type']).toBe('application/json');
    expect(created.body).toMatchObject({
      name: 'one',
      url: 'https://packages.example/el9/',
      policy: 'immediate',
      tls_validation: true,
      proxy_url: null,
      pulp_labels: {},
    });
    expect(created.text).not.toContain('hush');
    expect(created.body.hidden_fields).toContainEqual({
      name: 'password',
      is_set: true,
    });

    const read = await rpm.get(created.body.pulp_href);
    expect(read.body).toEqual(created.body);
    const list = await rpm.get('remotes/rpm/rpm/?name=one&fields=name');
    expect(list.body).toEqual({
      count: 1,
      next: null,
      previous: null,
      results: [{ name: 'one' }],
    });
  });

  it('changes and deletes with a task that is already done', async () => {
    const { body: remote } = await create({
      name: 'two',
      url: 'https://packages.example/a/',
    });
    const same = await rpm.patch(remote.pulp_href, { name: 'two' });
    expect(same.status).toBe(200);

    const changed = await rpm.patch(remote.pulp_href, { policy: 'on_demand' });
    expect(changed.status).toBe(202);
    expect(Object.keys(changed.body)).toEqual(['task']);
    await rpm.completed(changed);
    const read = await rpm.get(remote.pulp_href);
    expect(read.body.policy).toBe('on_demand');

    const replaced = await rpm.put(remote.pulp_href, {
      name: 'two',
      url: 'https://packages.example/b/',
    });
    await rpm.completed(replaced);
    expect((await rpm.get(remote.pulp_href)).body).toMatchObject({
      policy: 'immediate',
      url: 'https://packages.example/b/',
    });

    await rpm.completed(await rpm.delete(remote.pulp_href));
    expect((await rpm.get(remote.pulp_href)).status).toBe(404);
  });

  it.each<[object, object]>([
    [
      {},
      { name: ['This field is required.'], url: ['This field is required.'] },
    ],
    [
      { name: 'x', url: '', a: 1 },
      { url: ['This field may not be blank.'], a: ['Unexpected field'] },
    ],
    [{ name: 'x', url: 'nowhere' }, { url: ['Enter a valid URL.'] }],
    [{ name: 'x', url: 'ftp://h/' }, { url: ['Enter a valid URL.'] }],
    [
      { name: 'x', url: 'https://h/', policy: 'never' },
      { policy: ['"never" is not a valid choice.'] },
    ],
    [
      { name: 'x', url: 'https://h/', download_concurrency: 0 },
      {
        download_concurrency: [
          'Ensure this value is greater than or equal to 1.',
        ],
      },
    ],
    [
      { name: 'x', url: 'https://u:p@h/' },
      { url: ['The URL may not hold credentials; use the fields for them.'] },
    ],
    [
      { name: 'x', url: 'https://h/', sock_read_timeout: -0.5 },
      {
        sock_read_timeout: ['Ensure this value is greater than or equal to 0.'],
      },
    ],
    [
      { name: 'x', url: 'https://h/', headers: { a: 'b' } },
      { headers: ['Expected a list of items but got type "object".'] },
    ],
    [
      { name: 'x', url: 'https://h/', proxy_url: 'http://u:p@proxy/' },
      {
        proxy_url: [
          'The URL may not hold credentials; use the fields for them.',
        ],
      },
    ],
    ...[
      { proxy_url: 'http://proxy/', proxy_username: 'u' },
      { proxy_url: 'http://proxy/', proxy_password: 'p' },
      { proxy_username: 'u', proxy_password: 'p' },
    ].map((proxy): [object, object] => [
      { name: 'x', url: 'https://h/', ...proxy },
      {
        non_field_errors: [
          'proxy_username and proxy_password can only be given together, and with proxy_url.',
        ],
      },
    ]),
    [
      { name: 'x', url: 'file:///etc/' },
      { url: ['The path is not below one of the allowed import paths.'] },
    ],
  ])('refuses %j', async (body, errors) => {
    const reply = await create(body);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status: 400,
      body: errors,
    });
  });

  it('refuses a name that is taken, whoever asks first', async () => {
    const replies = await Promise.all(
      ['a', 'b', 'c'].map(path =>
        create({ name: 'taken', url: `https://packages.example/${path}/` }),
      ),
    );
    expect(replies.map(reply => reply.status).sort()).toEqual([201, 400, 400]);
    expect(replies.find(reply => reply.status === 400)?.body).toEqual({
      name: ['This field must be unique.'],
    });
  });

  it('loses none of several changes made at once', async () => {
    const { body: remote } = await create({
      name: 'contended',
      url: 'https://packages.example/',
    });
    const changes = {
      rate_limit: 5,
      max_retries: 9,
      proxy_url: 'http://proxy.example/',
      policy: 'on_demand',
    };
    await Promise.all(
      Object.entries(changes).map(([field, value]) =>
        rpm.patch(remote.pulp_href, { [field]: value }),
      ),
    );
    expect((await rpm.get(remote.pulp_href)).body).toMatchObject(changes);
  });

  it('answers in the wire format when a request makes no sense', async () => {
    const unknown = await rpm.get('remotes/rpm/rpm/?colour=red');
    expect(unknown.status).toBe(400);
    expect(unknown.body).toEqual({ errors: ["Invalid Filter: 'colour'"] });

    const ordering = await rpm.get('remotes/rpm/rpm/?ordering=colour');
    expect(ordering.body).toEqual({
      ordering: [
        'Select a valid choice. colour is not one of the available choices.',
      ],
    });

    const method = await rpm.delete('remotes/rpm/rpm/');
    expect(method.status).toBe(405);
    expect(method.body).toEqual({ detail: 'Method "DELETE" not allowed.' });
  });
});

describe.each(databases.eachSupportedId())(
  'a database that fails on %p',
  databaseId => {
    it('lets no secret into the log or the audit', async () => {
      const logger = mockServices.logger.mock();
      logger.child.mockReturnValue(logger);
      const auditor = mockServices.auditor.mock();
      const event = { success: jest.fn(), fail: jest.fn() };
      auditor.createEvent.mockResolvedValue(event);
      const knex = await databases.init(databaseId);
      const rpm = await startRpmBackend({
        knex,
        features: [logger.factory, auditor.factory],
      });
      try {
        await knex.schema.alterTable('remote', table =>
          table.dropColumn('entity_ref'),
        );
        const reply = await rpm.post('remotes/rpm/rpm/', {
          name: 'failing',
          url: 'https://packages.example/',
          password: 'hush',
        });
        expect(reply.status).toBe(500);
        const logged = logger.error.mock.calls.map(
          ([message, error]) => `${message} ${(error as any)?.message}`,
        );
        expect(logged).toEqual([expect.stringContaining('insert into')]);
        const [[{ error: audited }]] = event.fail.mock.calls;
        expect(`${logged} ${audited.message}`).not.toContain('hush');
      } finally {
        await rpm.stop();
      }
    });
  },
);

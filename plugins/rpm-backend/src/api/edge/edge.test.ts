import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import request from 'supertest';
import { API_ROOT } from '../../identifiers';
import { createTestDatabases, startRpmBackend } from '../../testing';
import type { RpmTestBackend } from '../../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const REPOSITORIES = 'repositories/rpm/rpm/';

describe.each(databases.eachSupportedId())('requests on %p', databaseId => {
  let rpm: RpmTestBackend;
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };

  beforeAll(async () => {
    auditor.createEvent.mockResolvedValue(event);
    rpm = await startRpmBackend({
      knex: await databases.init(databaseId),
      features: [auditor.factory],
    });
  });
  afterAll(() => rpm.stop());

  const postText = (text: string, token = mockCredentials.user.header()) =>
    request(rpm.backend.server)
      .post(`${API_ROOT}${REPOSITORIES}`)
      .set('Authorization', token)
      .set('Content-Type', 'application/json')
      .send(text);

  it('that name nothing are not found', async () => {
    for (const path of ['tasks/%E0%A4%A/', 'tasks/x/', 'nothing/']) {
      const { status, body } = await rpm.get(path);
      expect([path, status, body]).toEqual([
        path,
        404,
        { detail: 'Not found.' },
      ]);
    }
  });

  it.each(['nothing', 'constructor', '-toString', '__proto__'])(
    'that order by %s are refused',
    async term => {
      for (const list of [REPOSITORIES, 'content/rpm/packages/']) {
        const { status, body } = await rpm.get(`${list}?ordering=${term}`);
        expect(status).toBe(400);
        expect(body.ordering).toEqual([expect.stringContaining(term)]);
      }
    },
  );

  it('may have parameters that mean nothing to the list', async () => {
    for (const parameter of ['format=json', 'page_size=5', 'minimal=true']) {
      const { status } = await rpm.get(`${REPOSITORIES}?${parameter}`);
      expect([parameter, status]).toEqual([parameter, 200]);
    }
  });

  it('for pages that would not fit into memory are refused', async () => {
    const path = 'content/rpm/packages/?limit=';
    expect((await rpm.get(`${path}1000`)).status).toBe(200);
    const { status, body } = await rpm.get(`${path}1001`);
    expect(status).toBe(400);
    expect(body).toEqual({
      limit: ['Ensure this value is less than or equal to 1000.'],
    });
  });

  it('with null characters are refused, by field', async () => {
    const refused = ['Null characters are not allowed.'];
    const filter = await rpm.get(`${REPOSITORIES}?name__in=a,b%00`);
    expect([filter.status, filter.body]).toEqual([400, { name__in: refused }]);
    const field = await rpm.post(REPOSITORIES, {
      name: 'a',
      description: '\0',
    });
    expect([field.status, field.body]).toEqual([400, { description: refused }]);
    const inner = await rpm.post(REPOSITORIES, {
      name: 'a',
      repo_config: { a: ['b', { 'c\0': 1 }] },
    });
    expect([inner.status, inner.body]).toEqual([400, { repo_config: refused }]);
  });

  it('that are nested beyond reason are refused', async () => {
    const nested = '['.repeat(50_000) + ']'.repeat(50_000);
    const { status, body } = await postText(
      `{"name": "deep", "repo_config": {"a": ${nested}}}`,
    );
    expect(status).toBe(400);
    expect(body).toEqual({ repo_config: ['This is nested too deeply.'] });
  });

  it('with more values than anybody has a use for are refused before they are looked at', async () => {
    const { body: repository } = await rpm.post(REPOSITORIES, { name: 'many' });
    const path = `${repository.pulp_href}modify/`;
    const post = (count: number) =>
      rpm.post(path, { add_content_units: Array(count).fill(0) });
    const many = await post(300_000);
    expect([many.status, many.body]).toEqual([
      400,
      { add_content_units: ['This holds too many values.'] },
    ]);
    const wrong = await post(10_000);
    expect(wrong.status).toBe(400);
    expect(wrong.body.add_content_units).toHaveLength(100);
    const beyond = await postText(`[${'0,'.repeat(2_000_000)}`);
    expect([beyond.status, beyond.body]).toEqual([
      413,
      { detail: 'The body holds too many values.' },
    ]);
  });

  it('with names that fit no index are refused', async () => {
    const long = 'x'.repeat(256);
    const tooLong = ['Ensure this field has no more than 255 characters.'];
    for (const [collection, others] of [
      [REPOSITORIES, {}],
      ['remotes/rpm/rpm/', { url: 'https://packages.example/' }],
      ['distributions/rpm/rpm/', { base_path: 'x' }],
    ] as const) {
      const { status, body } = await rpm.post(collection, {
        name: long,
        ...others,
      });
      expect([status, body]).toEqual([400, { name: tooLong }]);
    }
  });

  it('keep owners and entities in the spelling of the catalog', async () => {
    const create = (owner: string) =>
      rpm.post(REPOSITORIES, { name: 'owned', owner, entity: owner });
    const { body } = await create('Group:default/Tools');
    expect([body.owner, body.entity]).toEqual(
      Array(2).fill('group:default/tools'),
    );
    for (const owner of ['tools', 'group:tools', `a:b/${'x'.repeat(255)}`]) {
      const refused = await create(owner);
      expect(refused.status).toBe(400);
      expect(Object.keys(refused.body)).toEqual(['owner', 'entity']);
    }
  });

  it('with a correlation id of any length are traced or at least served', async () => {
    for (const [id, kept] of [
      ['abc', true],
      ['a'.repeat(300), false],
    ] as const) {
      const { body: repository } = await rpm.post(REPOSITORIES, {
        name: `traced ${id.length}`,
      });
      const reply = await rpm
        .post(`${repository.pulp_href}modify/`)
        .set('Correlation-Id', id);
      expect(reply.status).toBe(202);
      expect(reply.headers['correlation-id']).toBe(id);
      const task = await rpm.finished(reply);
      expect(task.logging_cid === id).toBe(kept);
    }
  });

  it('are not read before it is known who calls', async () => {
    const unknown = await postText('{', mockCredentials.none.header());
    expect(unknown.status).toBe(401);
    const known = await postText('{');
    expect(known.status).toBe(400);
    expect(known.body.detail).toMatch(/^JSON parse error/);
  });

  it('that change something are audited with who asked, however they said it', async () => {
    auditor.createEvent.mockClear();
    const token = mockCredentials.user.token('user:default/auditee');
    const basic = Buffer.from(`anything:${token}`).toString('base64');
    for (const header of [`Bearer ${token}`, `Basic ${basic}`]) {
      const name = header.split(' ')[0];
      const { status } = await rpm.post(REPOSITORIES, { name }, header);
      expect(status).toBe(201);
      expect(auditor.createEvent).toHaveBeenLastCalledWith(
        expect.objectContaining({
          eventId: 'api-write',
          meta: {
            queryType: 'repositories_rpm_rpm_create',
            caller: 'user:default/auditee',
          },
        }),
      );
      expect(event.success).toHaveBeenLastCalledWith({ meta: { status: 201 } });
    }
    const missing = `${API_ROOT}${REPOSITORIES}019bf000-0000-7000-8000-000000000001/`;
    expect((await rpm.delete(missing)).status).toBe(404);
    expect(event.fail).toHaveBeenCalledTimes(1);
  });
});

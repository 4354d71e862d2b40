import { mockCredentials } from '@backstage/backend-test-utils';
import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { readFile } from 'fs/promises';
import { join } from 'path';
import { EXAMPLE_FOLDERS } from '../sync/testing/SyncTester';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const digest = (type: string, text: string) =>
  createHash(type).update(text).digest('hex');

describe.each(databases.eachSupportedId())('artifacts on %p', databaseId => {
  let rpm: RpmTestBackend;
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
  });
  afterAll(() => rpm.stop());

  const send = (text: string, fields: Record<string, string> = {}) => {
    const request = rpm
      .form('artifacts/')
      .attach('file', Buffer.from(text), 'any name');
    for (const [name, value] of Object.entries(fields)) {
      request.field(name, value);
    }
    return request;
  };

  /** Makes a package of an example's file, in a repository of its own. */
  async function uploadPackage(name: string) {
    const { body: repository } = await rpm.post('repositories/rpm/rpm/', {
      name,
    });
    const file = await readFile(join(EXAMPLE_FOLDERS['repo-1'], name));
    const task = await rpm.completed(
      await rpm
        .form('content/rpm/packages/')
        .field('repository', repository.pulp_href)
        .attach('file', file, name),
    );
    const { body } = await rpm.get(task.result.pulp_href);
    return { artifact: body.artifact, version: task.result.version };
  }

  it('are stored, read and listed', async () => {
    const sha256 = digest('sha256', 'walrus');
    const { status, body } = await send('walrus', {
      size: '6',
      sha256: sha256.toUpperCase(),
      md5: digest('md5', 'walrus'),
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      pulp_href: expect.stringMatching(/\/artifacts\/[\w-]+\/$/),
      prn: expect.stringMatching(/^prn:core\.artifact:/),
      file: `artifact/${sha256.slice(0, 2)}/${sha256.slice(2)}`,
      size: 6,
      sha256,
      sha1: digest('sha1', 'walrus'),
      sha512: digest('sha512', 'walrus'),
    });
    expect((await rpm.get(body.pulp_href)).body).toEqual(body);
    for (const type of ['md5', 'sha1', 'sha224', 'sha256', 'sha384']) {
      const found = await rpm.get(
        `artifacts/?${type}=${digest(type, 'walrus')}`,
      );
      expect([type, found.body.results]).toEqual([type, [body]]);
      const other = await rpm.get(`artifacts/?${type}=${digest(type, 'x')}`);
      expect([type, other.body.count]).toEqual([type, 0]);
    }
  });

  it('are refused when they are there already', async () => {
    expect((await send('twice')).status).toBe(201);
    const { status, body } = await send('twice');
    expect([status, body]).toEqual([
      400,
      {
        non_field_errors: [
          `Artifact with sha256 checksum of '${digest(
            'sha256',
            'twice',
          )}' already exists.`,
        ],
      },
    ]);
    // Who was told so is about to make use of it.
    const { touched_at: touched } = await knex('artifact')
      .where({ sha256: digest('sha256', 'twice') })
      .first();
    expect(touched).toEqual(expect.any(String));
  });

  it.each([
    ['size', '7'],
    ['md5', 'abc'],
    ['sha512', digest('sha512', 'x')],
  ])(
    'with another %s than announced are refused by it',
    async (field, value) => {
      const { status, body } = await send('unexpected', { [field]: value });
      expect(status).toBe(400);
      expect(Object.keys(body)).toEqual([field]);
      const sha256 = digest('sha256', 'unexpected');
      expect((await rpm.get(`artifacts/?sha256=${sha256}`)).body.count).toBe(0);
    },
  );

  it('are refused without a file, and when a text stands for it', async () => {
    for (const [request, sentence] of [
      [rpm.form('artifacts/').field('size', '1'), 'This field is required.'],
      [
        rpm.form('artifacts/').field('file', 'text'),
        'The submitted data was not a file. Check the encoding type on the form.',
      ],
    ] as const) {
      const { status, body } = await request;
      expect([status, body]).toEqual([400, { file: [sentence] }]);
    }
  });

  it('are not deleted one by one, least of all when something uses them', async () => {
    const unused = await send('unused');
    const refused = await rpm.delete(unused.body.pulp_href);
    expect(refused.status).toBe(403);
    const { artifact } = await uploadPackage('libcart-1.0-1.x86_64.rpm');
    const conflict = await rpm.delete(artifact);
    expect([conflict.status, conflict.body.detail]).toEqual([
      409,
      'The artifact is in use.',
    ]);
    const missing = await rpm.delete(
      'artifacts/019bf000-0000-7000-8000-000000000001/',
    );
    expect(missing.status).toBe(404);
  });

  it('are found by the version that has them, and by their being unused', async () => {
    const { artifact, version } = await uploadPackage(
      'libcart-1.0-1.aarch64.rpm',
    );
    const ofVersion = await rpm.get(`artifacts/?repository_version=${version}`);
    expect(ofVersion.body.results.map((each: any) => each.pulp_href)).toEqual([
      artifact,
    ]);
    const { body: loose } = await send('loose');
    const unused = await rpm.get('artifacts/?orphaned_for=0');
    const hrefs = unused.body.results.map((each: any) => each.pulp_href);
    expect(hrefs).toContain(loose.pulp_href);
    expect(hrefs).not.toContain(artifact);
    // As many minutes as are said, or as many as orphans are protected.
    for (const minutes of [5, -1]) {
      const recent = await rpm.get(`artifacts/?orphaned_for=${minutes}`);
      expect(recent.body.count).toBe(0);
    }
    await knex('artifact').update({
      created_at: '2020-01-01T00:00:00.000000Z',
      touched_at: null,
    });
    const old = await rpm.get('artifacts/?orphaned_for=-1');
    expect(old.body.count).toBe(unused.body.count);
  });

  it('need somebody who asks', async () => {
    const none = mockCredentials.none.header();
    const { status } = await rpm
      .form('artifacts/', none)
      .attach('file', Buffer.from('x'), 'x');
    expect(status).toBe(401);
  });
});

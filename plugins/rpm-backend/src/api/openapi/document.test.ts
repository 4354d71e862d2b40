import { mockCredentials } from '@backstage/backend-test-utils';
import { API_ROOT } from '../../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** What the `pulp` command insists on before its first call (observed of pulp-glue 0.41). */
describe('the OpenAPI document', () => {
  let rpm: RpmTestBackend;
  let document: any;
  let operations: { path: string; operation: any }[];

  beforeAll(async () => {
    rpm = await startRpmBackend({ knex: await databases.init('SQLITE_3') });
    const reply = await rpm.get('docs/api.json', mockCredentials.none.header());
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json');
    document = reply.body;
    operations = Object.entries<any>(document.paths).flatMap(([path, item]) =>
      METHODS.filter(method => item[method]).map(method => ({
        path,
        operation: item[method],
      })),
    );
  });
  afterAll(() => rpm.stop());

  it('is OpenAPI 3 and names the versions that status names', async () => {
    expect(document.openapi).toMatch(/^3\./);
    expect(document.info['x-pulp-domain-enabled']).toBe(false);
    const status = await rpm.get('status/', mockCredentials.none.header());
    expect(status.status).toBe(200);
    expect(
      Object.fromEntries(
        status.body.versions.map((app: any) => [app.component, app.version]),
      ),
    ).toEqual(document.info['x-pulp-app-versions']);
    expect(status.body.database_connection).toEqual({ connected: true });
  });

  it('gives each operation an id of its own, parameters and described replies', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) {
      expect(Array.isArray(operation.parameters)).toBe(true);
      for (const parameter of operation.parameters) {
        if (parameter.in === 'path') expect(parameter.required).toBe(true);
      }
      for (const reply of Object.values<any>(operation.responses)) {
        expect(typeof reply.description).toBe('string');
        for (const media of Object.values<any>(reply.content ?? {})) {
          expect(media.schema).toBeDefined();
        }
      }
    }
  });

  it('gives each schema a type, and each list parameter its form', () => {
    const faults: string[] = [];
    const check = (schema: any, place: string) => {
      if (schema.$ref) return;
      const kinds = ['anyOf', 'oneOf', 'allOf'].flatMap(
        kind => schema[kind] ?? [],
      );
      if (!schema.type && !kinds.length) faults.push(`${place}: no type`);
      if (schema.enum?.includes(null)) faults.push(`${place}: null in enum`);
      kinds.forEach((kind, index) => check(kind, `${place}/${index}`));
      if (schema.type === 'array') check(schema.items, `${place}/items`);
      if (typeof schema.additionalProperties === 'object') {
        check(schema.additionalProperties, `${place}/*`);
      }
      for (const [name, inner] of Object.entries(schema.properties ?? {})) {
        check(inner, `${place}/${name}`);
      }
    };
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      check(schema, name);
    }
    for (const { operation } of operations) {
      for (const { name, schema, style, explode } of operation.parameters) {
        const place = `${operation.operationId}?${name}`;
        check(schema, place);
        if (
          schema.type === 'array' &&
          (style !== 'form' || explode !== false)
        ) {
          faults.push(`${place}: not joined by commas`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('writes collections with the root and entities as one href parameter', () => {
    for (const { path } of operations) {
      const placeholders = path.match(/\{[^}]*\}/g) ?? [];
      expect(placeholders.length).toBeLessThanOrEqual(1);
      if (placeholders.length) {
        expect(path).toMatch(/^\{[a-z_]+_href\}/);
      } else {
        expect(path.startsWith(API_ROOT)).toBe(true);
      }
    }
  });

  it('declares a 202 only with a body of one key', () => {
    const accepted = operations.flatMap(({ operation }) =>
      operation.responses['202'] ? [operation.responses['202']] : [],
    );
    expect(accepted.length).toBeGreaterThan(0);
    for (const reply of accepted) {
      const { $ref } = reply.content['application/json'].schema;
      const schema = document.components.schemas[$ref.split('/').at(-1)];
      expect(Object.keys(schema.properties)).toHaveLength(1);
    }
  });

  it('lets status and itself be read without credentials, and nothing else', async () => {
    for (const { path, operation } of operations) {
      const anonymous = operation.operationId === 'status_read';
      expect(operation.security).toEqual(
        anonymous ? [{}] : [{ basicAuth: [] }, {}],
      );
      if (path.startsWith(API_ROOT) && !anonymous && operation.tags) {
        const reply = await rpm.get(path, mockCredentials.none.header());
        expect([401, 405]).toContain(reply.status);
      }
    }
  });

  it('takes a token as the password of basic authentication', async () => {
    const token = mockCredentials.service.token();
    const basic = Buffer.from(`any:${token}`).toString('base64');
    const reply = await rpm.get('remotes/rpm/rpm/', `Basic ${basic}`);
    expect(reply.status).toBe(200);

    for (const wrong of [
      'Bearer mock-invalid-token',
      `Basic ${Buffer.from('any:mock-invalid-token').toString('base64')}`,
    ]) {
      const refused = await rpm.get('remotes/rpm/rpm/', wrong);
      expect([refused.status, refused.body]).toEqual([
        401,
        { detail: 'Invalid username/password.' },
      ]);
      expect(refused.headers['www-authenticate']).toBe('Basic realm="api"');
    }
  });

  it('echoes the correlation id', async () => {
    const reply = await rpm.get('tasks/').set('Correlation-Id', 'abc');
    expect(reply.headers['correlation-id']).toBe('abc');
  });
});

import type { IncomingMessage, ServerResponse } from 'http';
import { TestServer } from '../../download/testing/TestServer';
import { exampleDocument } from './exampleDocument';
import { RefusedCall } from './replies';
import { StrictClient, type DocumentCache } from './StrictClient';

const ROOT = '/api/rpm/pulp/api/v3/';
const HREF = `${ROOT}things/1/`;
const RANGE = { 'Content-Range': 'bytes 0-3/4' };
const JSON_TYPE = 'application/json';

/** A reply as the client wants it, but for what is given. */
function answer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  return (request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, {
      ...(body === undefined ? {} : { 'content-type': JSON_TYPE }),
      'correlation-id': request.headers['correlation-id'] ?? '',
      ...headers,
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
}

describe('StrictClient', () => {
  let server: TestServer;
  let client: StrictClient;

  beforeAll(async () => {
    server = await TestServer.start();
    server.on(`${ROOT}docs/api.json`, JSON.stringify(exampleDocument()));
    client = await StrictClient.connect(server.url, 'token');
  });
  afterAll(() => server.stop());

  const change = (body: unknown = { name: 'a' }) =>
    client.call('things_change', { href: HREF, body });

  it('does not read a document that breaks a rule', async () => {
    const other = await TestServer.start();
    other.on(`${ROOT}docs/api.json`, JSON.stringify({ openapi: '3.0.3' }));
    await expect(StrictClient.connect(other.url)).rejects.toThrow(
      'no post …/rpm/copy/',
    );
    await other.stop();
  });

  it('sends what is declared', async () => {
    server.on(
      `${ROOT}publications/things/?size=2&name__in=a%2Cb`,
      answer(200, []),
    );
    expect(
      await client.call('publications_things_list', {
        query: { size: 2, name__in: ['a', 'b'] },
      }),
    ).toEqual([]);
    expect(server.requests.at(-1)!.headers.authorization).toBe(
      `Basic ${Buffer.from('any:token').toString('base64')}`,
    );
  });

  it.each([
    ['an operation', 'things_list', {}, 'No operation with the id things_list'],
    [
      'a parameter',
      'publications_things_list',
      { query: { length: 2 } },
      'There is no parameter length',
    ],
    [
      "a parameter's type",
      'publications_things_list',
      { query: { size: '2' } },
      'Parameter size: ',
    ],
    ['an href', 'things_change', { body: { name: 'a' } }, 'Href for'],
    [
      'hrefs of this API',
      'things_change',
      { href: '/things/1/', body: { name: 'a' } },
      'not an href of this API',
    ],
    ['a body', 'things_change', { href: HREF }, 'Body or no body'],
    [
      "a body's fields",
      'things_change',
      { href: HREF, body: { size: 1 } },
      "Body:  must have required property 'name'",
    ],
    [
      "a field's values",
      'things_change',
      { href: HREF, body: { name: '' } },
      'Body: /name must NOT have fewer than 1 characters',
    ],
    [
      "a field's type",
      'things_change',
      { href: HREF, body: { name: 'a', size: '1' } },
      'Body: /size must be integer',
    ],
    [
      'a value where null is not declared',
      'things_change',
      { href: HREF, body: { name: null } },
      'Body: /name must be string',
    ],
    [
      'files in a form',
      'things_change',
      { href: HREF, body: { name: new Blob() } },
      'A body of type multipart/form-data is not declared',
    ],
    [
      'a file where one is declared',
      'things_fill',
      { href: HREF, headers: RANGE, body: { file: 'text' } },
      'Body: /file must pass "isFile"',
    ],
    [
      'headers that are declared',
      'things_fill',
      { href: HREF, body: { file: new Blob() } },
      'The headers are Content-Range',
    ],
    [
      'no other headers',
      'things_change',
      { href: HREF, headers: RANGE, body: { name: 'a' } },
      'The headers are ',
    ],
  ])('insists on %s before it calls', async (_, id, input, message) => {
    const before = server.requests.length;
    await expect(client.call(id, input)).rejects.toThrow(message);
    expect(server.requests).toHaveLength(before);
  });

  it('needs credentials where no other way is declared', async () => {
    const anonymous = await StrictClient.connect(server.url);
    await expect(anonymous.call('publications_things_list')).rejects.toThrow(
      'No suitable authentication',
    );
  });

  it.each([
    ['an entity', answer(200, { name: 'a', size: null }), { size: null }],
    ['a task', answer(202, { task: HREF }), { task: HREF }],
    ['nothing', answer(204, undefined), {}],
  ])('takes %s', async (_, reply, expected) => {
    server.on(HREF, reply);
    expect(await change()).toMatchObject(expected);
  });

  it.each([
    [
      'a charset',
      answer(
        200,
        { name: 'a' },
        { 'content-type': `${JSON_TYPE}; charset=utf-8` },
      ),
      'Content-Type application/json; charset=utf-8 is not declared',
    ],
    [
      'a status that is not declared',
      answer(201, { name: 'a' }),
      'Status 201 is not declared',
    ],
    ['a redirect', answer(301, undefined, { location: HREF }), 'Redirect: 301'],
    [
      'more than a task',
      answer(202, { task: HREF, name: 'a' }),
      'Not just a task',
    ],
    [
      'the correlation id of others',
      answer(200, { name: 'a' }, { 'correlation-id': 'other' }),
      'Correlation-Id: other',
    ],
    [
      'a field that is missing',
      answer(200, { size: 1 }),
      "must have required property 'name'",
    ],
    [
      'a field that is not declared',
      answer(200, { name: 'a', colour: 'red' }),
      'must NOT have additional properties',
    ],
    [
      'a field of another type',
      answer(200, { name: 'a', size: 'large' }),
      '/size must be integer',
    ],
    [
      'hrefs of another root',
      answer(200, { name: '/pulp/api/v3/things/1/' }),
      '/pulp/api/v3/things/1/ is not an href of this API',
    ],
    [
      'an error that names no field',
      answer(400, 'Wrong.'),
      '400 with the body "Wrong."',
    ],
    [
      "an error in somebody else's form",
      answer(404, { error: { name: 'NotFoundError' } }),
      '404 with the body',
    ],
    [
      'an error of another type',
      answer(403, { detail: 'No.' }, { 'content-type': 'text/html' }),
      '403 of type text/html',
    ],
    ['a failure', answer(500, { detail: 'Oh.' }), '500 is no refusal'],
    [
      'being asked for nothing',
      answer(401, { detail: 'Who are you?' }),
      '401 that asks for no credentials',
    ],
  ])('does not take %s', async (_, reply, message) => {
    server.on(HREF, reply);
    await expect(change()).rejects.toThrow(message);
  });

  it('sends files as parts of a form, with what Python makes of other values', async () => {
    const parts = new Promise<string>(resolve => {
      server.on(HREF, (request, response) => {
        let text = '';
        request.setEncoding('latin1').on('data', chunk => {
          text += chunk;
        });
        request.on('end', () => resolve(text));
        answer(204, undefined)(request, response);
      });
    });
    await client.call('things_fill', {
      href: HREF,
      headers: RANGE,
      body: { file: new Blob(['data']), sealed: true, sha256: null },
    });
    const { headers } = server.requests.at(-1)!;
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(headers['content-range']).toBe('bytes 0-3/4');
    const text = await parts;
    expect(text).toMatch(
      /name="file"; filename="file"\r\n[^]*\r\n\r\ndata\r\n/,
    );
    expect(text).toMatch(/name="sealed"\r\n\r\nTrue\r\n/);
    expect(text).not.toContain('sha256');
  });

  it('reads the document again only when the versions of the status are others', async () => {
    const { origin } = new URL(server.url);
    const documents: DocumentCache = new Map();
    const downloads = () =>
      server.requests.filter(({ url }) => url!.endsWith('api.json')).length;
    const before = downloads();
    await StrictClient.connect(origin, 'token', documents);
    const second = await StrictClient.connect(origin, 'token', documents);
    expect(downloads()).toBe(before + 1);

    const tell = (rpm: string) =>
      server.on(
        `${ROOT}status/`,
        answer(200, {
          versions: [
            { component: 'core', version: '3.111.0' },
            { component: 'rpm', version: rpm },
          ],
        }),
      );
    tell('3.39.0');
    await second.status();
    expect(downloads()).toBe(before + 1);
    tell('3.40.0');
    await second.status();
    expect(downloads()).toBe(before + 2);
  });

  it.each([
    ['a task', { task: `${ROOT}tasks/1/` }],
    ['a group', { task_group: `${ROOT}task-groups/1/` }],
  ])('does not know %s without its operation', async (_, body) => {
    server.on(HREF, answer(202, body));
    await expect(
      client.run('things_change', { href: HREF, body: { name: 'a' } }),
    ).rejects.toThrow(/No operation with the id task/);
  });

  it("tells the server's errors from its own", async () => {
    server.on(HREF, answer(404, { detail: 'Not found.' }));
    await expect(change()).rejects.toEqual(
      new RefusedCall(404, { detail: 'Not found.' }),
    );
  });
});

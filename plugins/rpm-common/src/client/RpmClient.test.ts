import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { remoteRoutes, taskRoutes } from '../contract';
import { RpmApiError } from './RpmApiError';
import { RpmClient } from './RpmClient';

const ROOT = 'http://portal.example/backend/api/rpm/pulp/api/v3/';
const REMOTES = `${ROOT}remotes/rpm/rpm/`;
const REMOTE_HREF = '/api/rpm/pulp/api/v3/remotes/rpm/rpm/0199-a/';
const TASK_HREF = '/api/rpm/pulp/api/v3/tasks/0199-t/';
const TASK = `${ROOT}tasks/0199-t/`;

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const client = new RpmClient({
  discoveryApi: {
    getBaseUrl: async pluginId =>
      `http://portal.example/backend/api/${pluginId}`,
  },
  fetchApi: { fetch: (input, init) => fetch(input, init) },
});

function refuse(status: number, body: JsonBodyType, statusText?: string) {
  server.use(
    http.post(REMOTES, () => HttpResponse.json(body, { status, statusText })),
  );
  return client
    .call(remoteRoutes.create, { body: { name: 'zoo', url: 'http://zoo/' } })
    .then(
      () => undefined,
      error => error,
    );
}

describe('RpmClient.call', () => {
  it('sends the query in the form that the API reads', async () => {
    let search: URLSearchParams | undefined;
    server.use(
      http.get(REMOTES, ({ request }) => {
        search = new URL(request.url).searchParams;
        return HttpResponse.json({
          count: 0,
          next: null,
          previous: null,
          results: [],
        });
      }),
    );

    const reply = await client.call(remoteRoutes.list, {
      query: {
        limit: 5,
        name__in: ['zoo dev', 'a&b'],
        name: undefined,
        pulp_last_updated__isnull: false,
      },
    });

    expect(reply.status).toBe(200);
    expect(reply.body.results).toEqual([]);
    expect(Object.fromEntries(search!)).toEqual({
      limit: '5',
      name__in: 'zoo dev,a&b',
      pulp_last_updated__isnull: 'false',
    });
  });

  it('sends headers beside its own', async () => {
    let seen: Headers | undefined;
    server.use(
      http.post(REMOTES, ({ request }) => {
        seen = request.headers;
        return HttpResponse.json({}, { status: 201 });
      }),
    );

    await client.call(remoteRoutes.create, {
      headers: { 'Content-Range': 'bytes 0-3/4' },
      body: { name: 'zoo', url: 'http://zoo/' },
    });

    expect(seen!.get('content-range')).toBe('bytes 0-3/4');
    expect(seen!.get('content-type')).toBe('application/json');
  });

  it('follows an href below the backend, wherever a proxy has put that', async () => {
    let sent: unknown;
    server.use(
      http.patch(`${REMOTES}0199-a/`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ task: TASK_HREF }, { status: 202 });
      }),
    );

    const reply = await client.call(remoteRoutes.partialUpdate, {
      href: REMOTE_HREF,
      body: { policy: 'on_demand' },
    });

    expect(sent).toEqual({ policy: 'on_demand' });
    expect(reply).toEqual({ status: 202, body: { task: TASK_HREF } });
  });

  it('answers a reply without content', async () => {
    server.use(
      http.delete(TASK, () => new HttpResponse(null, { status: 204 })),
    );

    await expect(
      client.call(taskRoutes.delete, { href: TASK_HREF }),
    ).resolves.toEqual({ status: 204, body: undefined });
  });

  it('refuses to call what needs an href without one', async () => {
    await expect(client.call(taskRoutes.read, {})).rejects.toThrow(
      /tasks_read needs an href/,
    );
    await expect(
      client.call(taskRoutes.read, {
        href: 'https://elsewhere.example/tasks/',
      }),
    ).rejects.toThrow(/tasks_read needs an href/);
  });
});

describe('RpmApiError', () => {
  it('keeps messages by field and makes a sentence of them', async () => {
    const error = await refuse(400, {
      name: ['This field must be unique.'],
      url: ['Enter a valid URL.', 'Too long.'],
    });

    expect(error).toBeInstanceOf(RpmApiError);
    expect(error).toMatchObject({
      name: 'RpmApiError',
      status: 400,
      fields: {
        name: ['This field must be unique.'],
        url: ['Enter a valid URL.', 'Too long.'],
      },
      message:
        'name: This field must be unique. url: Enter a valid URL. Too long.',
    });
  });

  it.each([
    [400, ['URI not valid: x'], 'URI not valid: x'],
    [400, { non_field_errors: ['Not both.'] }, 'Not both.'],
    [400, { errors: ["Invalid Filter: 'x'"] }, "Invalid Filter: 'x'"],
    [403, { detail: 'You may not.' }, 'You may not.'],
    [
      400,
      { config: { 0: { dest: ['Required.'] } } },
      'config: 0: dest: Required.',
    ],
  ])('says what a %s with %j means', async (status, body, message) => {
    const error = await refuse(status, body);
    expect(error).toMatchObject({ status, body, message });
  });

  it('names the status when something else than the API answered', async () => {
    server.use(
      http.post(REMOTES, () =>
        HttpResponse.text('<html>', { status: 502, statusText: 'Bad Gateway' }),
      ),
    );

    await expect(
      client.call(remoteRoutes.create, { body: { name: 'a', url: 'b' } }),
    ).rejects.toMatchObject({ message: '502 Bad Gateway', fields: {} });
  });
});

describe('RpmClient.items', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  let requests: string[];
  beforeEach(() => {
    requests = [];
    server.use(
      http.get(REMOTES, ({ request }) => {
        const { search, searchParams } = new URL(request.url);
        requests.push(search);
        const offset = Number(searchParams.get('offset'));
        const end = offset + Number(searchParams.get('limit'));
        return HttpResponse.json({
          count: names.length,
          next: end < names.length ? 'http://internal.example/next' : null,
          previous: null,
          results: names.slice(offset, end).map(name => ({ name })),
        });
      }),
    );
  });

  it('goes through all pages', async () => {
    const seen: string[] = [];
    for await (const remote of client.items(remoteRoutes.list, {
      query: { limit: 2 },
    })) {
      seen.push(remote.name);
    }

    expect(seen).toEqual(names);
    expect(requests).toEqual([
      '?limit=2&offset=0',
      '?limit=2&offset=2',
      '?limit=2&offset=4',
    ]);
  });

  it('asks for no more pages than are needed', async () => {
    for await (const _ of client.items(remoteRoutes.list, {
      query: { limit: 2 },
    })) {
      break;
    }

    expect(requests).toHaveLength(1);
  });
});

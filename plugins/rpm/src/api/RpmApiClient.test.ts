import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { makeRepository } from '../__testUtils__/fixtures';
import { RpmApiClient } from './RpmApiClient';

const BACKEND = 'http://backend.example';
const API = `${BACKEND}/api/rpm/pulp/api/v3/`;
const EMPTY = { count: 0, next: null, previous: null, results: [] };

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const api = new RpmApiClient({
  discoveryApi: { getBaseUrl: async id => `${BACKEND}/api/${id}` },
  fetchApi: { fetch: (input, init) => fetch(input, init) },
});
const repository = makeRepository();
const { pulp_href: href, versions_href: versions } = repository;

/** Answers a GET and notes its query. */
function answer(url: string, body: object) {
  const queries: Record<string, string>[] = [];
  server.use(
    http.get(url, ({ request }) => {
      queries.push(Object.fromEntries(new URL(request.url).searchParams));
      return HttpResponse.json(body);
    }),
  );
  return queries;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('RpmApiClient', () => {
  it('lists repositories', async () => {
    const queries = answer(`${API}repositories/rpm/rpm/`, {
      ...EMPTY,
      results: [repository],
    });

    const found = await all(
      api.repositories({ name__in: ['a', 'b'], owner: 'group:default/shop' }),
    );

    expect(found).toEqual([repository]);
    expect(queries).toEqual([
      {
        name__in: 'a,b',
        owner: 'group:default/shop',
        limit: '100',
        offset: '0',
      },
    ]);
  });

  it('lists a page of versions', async () => {
    const queries = answer(`${BACKEND}${versions}`, EMPTY);

    await api.listVersions(repository, { limit: 10, offset: 20 });

    expect(queries).toEqual([{ limit: '10', offset: '20' }]);
  });

  it('lists the checkpoints of some versions', async () => {
    const queries = answer(`${API}publications/rpm/rpm/`, EMPTY);

    await api.listCheckpoints(repository, {
      limit: 10,
      offset: 0,
      versions: [`${versions}1/`, `${versions}2/`],
    });

    expect(queries).toEqual([
      {
        repository: href,
        checkpoint: 'true',
        repository_version__in: `${versions}1/,${versions}2/`,
        limit: '10',
        offset: '0',
      },
    ]);
  });

  it('lists distributions', async () => {
    const queries = answer(`${API}distributions/rpm/rpm/`, EMPTY);

    await expect(api.listDistributions(repository)).resolves.toEqual([]);

    expect(queries[0]).toMatchObject({ repository: href, ordering: 'name' });
  });

  it('compares from one version to another', async () => {
    const queries = answer(`${BACKEND}${versions}1/diff/`, EMPTY);

    await api.compareVersions(
      { from: `${versions}3/`, to: `${versions}1/` },
      { limit: 50, offset: 0 },
    );

    expect(queries).toEqual([
      { from: `${versions}3/`, limit: '50', offset: '0' },
    ]);
  });

  it('rolls back', async () => {
    let sent: unknown;
    server.use(
      http.post(`${BACKEND}${href}rollback/`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ task: '/tasks/1/' }, { status: 202 });
      }),
    );

    await expect(
      api.rollBack(repository, { version: 1, reason: 'Broken' }),
    ).resolves.toBe('/tasks/1/');
    expect(sent).toEqual({ version: 1, reason: 'Broken' });
  });

  it('passes on why the backend refuses', async () => {
    server.use(
      http.post(`${BACKEND}${href}rollback/`, () =>
        HttpResponse.json({ detail: 'You may not.' }, { status: 403 }),
      ),
    );

    await expect(
      api.rollBack(repository, { version: 1, reason: 'Broken' }),
    ).rejects.toMatchObject({ status: 403, message: 'You may not.' });
  });
});

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

/** Accepts a task at this address; @returns what it is sent */
function expectPost(url: string): Promise<unknown> {
  return new Promise(resolve =>
    server.use(
      http.post(url, async ({ request }) => {
        resolve(await request.json());
        return HttpResponse.json({ task: '/tasks/1/' }, { status: 202 });
      }),
    ),
  );
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

  it('finds repositories by a part of their name', async () => {
    const queries = answer(`${API}repositories/rpm/rpm/`, EMPTY);

    await api.listRepositories({ name: 'shop', limit: 100, offset: 0 });

    expect(queries).toEqual([
      { name__icontains: 'shop', ordering: 'name', limit: '100', offset: '0' },
    ]);
  });

  it('lists the packages of a version, without what nobody looks at', async () => {
    const queries = answer(`${API}content/rpm/packages/`, EMPTY);

    await api.listPackages(`${versions}1/`, {
      name: 'cat',
      limit: 10,
      offset: 0,
    });

    expect(queries).toEqual([
      {
        repository_version: `${versions}1/`,
        name__contains: 'cat',
        ordering: 'name,-pulp_created',
        fields: 'pulp_href,name,epoch,version,release,arch,summary',
        limit: '10',
        offset: '0',
      },
    ]);
  });

  it('lists modules with their defaults, and packages with their modules', async () => {
    const version = `${versions}1/`;
    const modules = answer(`${API}content/rpm/modulemds/`, EMPTY);
    await api.listModules(version, { name: 'node', limit: 10, offset: 0 });
    await expect(api.findModule(version, 'id')).resolves.toBeUndefined();
    expect(modules).toEqual([
      {
        repository_version: version,
        name__contains: 'node',
        ordering: 'name,stream,-version,context,arch',
        fields: expect.stringMatching(/,artifacts,missing_artifacts$/),
        limit: '10',
        offset: '0',
      },
      {
        repository_version: version,
        pulp_id__in: 'id',
        fields: expect.stringMatching(/,pulp_artifacts_map$/),
      },
    ]);

    const defaults = answer(`${API}content/rpm/modulemd_defaults/`, EMPTY);
    await api.listModuleDefaults(version, ['node', 'perl']);
    expect(defaults).toEqual([
      { repository_version: version, module__in: 'node,perl', limit: '2' },
    ]);

    const packages = answer(`${API}content/rpm/packages/`, EMPTY);
    await expect(api.findPackage(version, 'id')).resolves.toBeUndefined();
    expect(packages[0]).toMatchObject({
      repository_version: version,
      pulp_id__in: 'id',
    });

    const unit = '/api/rpm/pulp/api/v3/content/rpm/packages/id/';
    const reverse = answer(`${BACKEND}${unit}modules/`, EMPTY);
    await api.listModulesOfPackage(version, unit, { limit: 20, offset: 0 });
    expect(reverse).toEqual([
      { repository_version: version, limit: '20', offset: '0' },
    ]);
  });

  it('plans a copy, reads the plan and applies it', async () => {
    const plan = '/api/rpm/pulp/api/v3/rpm/plans/1/';
    const input = {
      config: [{ source_repo_version: `${versions}1/`, dest_repo: href }],
      dry_run: true,
    };
    const copied = expectPost(`${API}rpm/copy/`);
    await expect(api.copy(input)).resolves.toBe('/tasks/1/');
    expect(await copied).toEqual(input);

    const units = answer(`${BACKEND}${plan}units/`, EMPTY);
    await api.listPlanUnits(plan, {
      change: 'added',
      cause: ['dependency'],
      limit: 20,
      offset: 40,
    });
    expect(units).toEqual([
      { change: 'added', cause: 'dependency', limit: '20', offset: '40' },
    ]);

    const missing = answer(`${BACKEND}${plan}missing/`, EMPTY);
    await api.listPlanMissing(plan, { limit: 20, offset: 0 });
    expect(missing).toEqual([{ limit: '20', offset: '0' }]);

    const applied = expectPost(`${BACKEND}${plan}apply/`);
    await expect(api.applyPlan(plan, { reason: 'Sale' })).resolves.toBe(
      '/tasks/1/',
    );
    expect(await applied).toEqual({ reason: 'Sale' });
  });

  it('cancels a task', async () => {
    let sent: unknown;
    const task = '/api/rpm/pulp/api/v3/tasks/1/';
    server.use(
      http.patch(`${BACKEND}${task}`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({});
      }),
    );

    await api.cancelTask(task);

    expect(sent).toEqual({ state: 'canceled' });
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

import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { postFile } from '../testing/documents';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import {
  saveTestAdvisories,
  saveTestModules,
  saveTestPackages,
} from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('diffs on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;
  let repository: string;

  /** Versions 1: a-1 b-1 c-1, 2: a-2 c-1 d-1 and others, 3: like 1. */
  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know(
      await saveTestPackages(knex, {
        a1: { name: 'a', version: '1.9' },
        a2: { name: 'a', version: '1.10', epoch: '1' },
        b: {},
        c: {},
        d: {},
      }),
    );
    driver.know(
      await saveTestModules(knex, {
        'm one': { version: '9', artifacts: [] },
        'm two': { version: '10', artifacts: [] },
      }),
    );
    driver.know(
      await saveTestAdvisories(knex, { A1: { id: 'A-1', title: 'Fix a' } }),
    );
    repository = await driver.create();
    await driver.change(repository, { add: 'a1 b c' });
    await rpm.completed(
      await rpm.post(`${repository}modify/`, {
        add_content_units: ['a2', 'd', 'm one', 'A1'].map(
          name => driver.units[name],
        ),
        remove_content_units: ['a1', 'b'].map(name => driver.units[name]),
      }),
    );
    await driver.change(repository, { base: `${repository}versions/1/` });
  });
  afterAll(() => rpm.stop());

  const diff = async (version: string, query = '') => {
    const reply = await rpm.get(`${version}diff/${query}`);
    expect(reply.status).toBe(200);
    return reply.body;
  };
  const at = (number: number) => `${repository}versions/${number}/`;
  const none = { up: 0, down: 0, changed: 0, added: 0, removed: 0 };
  const lines = (body: any) =>
    body.results.map(
      ({ kind, change, from, to }: any) =>
        `${kind} ${change} ${from?.label ?? ''} > ${to?.label ?? ''}`,
    );

  it('tells what a version changed against the one before', async () => {
    const body = await diff(at(2));
    expect(body).toEqual({
      from_version: at(1),
      to_version: at(2),
      counts: {
        package: { ...none, up: 1, added: 1, removed: 1 },
        module: { ...none, added: 1 },
        advisory: { ...none, added: 1 },
      },
      count: 5,
      next: null,
      previous: null,
      results: [
        {
          kind: 'package',
          change: 'up',
          name: 'a',
          arch: 'noarch',
          from: {
            pulp_href: driver.units.a1,
            label: 'a-1.9-1.noarch',
            version: '1.9-1',
            title: null,
          },
          to: {
            pulp_href: driver.units.a2,
            label: 'a-1:1.10-1.noarch',
            version: '1:1.10-1',
            title: null,
          },
        },
        expect.objectContaining({ change: 'removed', name: 'b', to: null }),
        expect.objectContaining({ change: 'added', name: 'd', from: null }),
        expect.objectContaining({
          kind: 'module',
          change: 'added',
          name: 'm:main',
        }),
        expect.objectContaining({
          kind: 'advisory',
          to: expect.objectContaining({ label: 'A-1', title: 'Fix a' }),
        }),
      ],
    });
  });

  it('compares with the base version, and with nothing where there is none', async () => {
    expect(await diff(at(3))).toMatchObject({ from_version: at(1), count: 0 });
    expect(await diff(at(0))).toMatchObject({ from_version: null, count: 0 });
  });

  it('goes both ways, whatever lies between', async () => {
    expect(await diff(at(3), `?from=${at(1)}`)).toMatchObject({
      count: 0,
      counts: {},
    });
    expect(lines(await diff(at(3), `?from=${at(2)}`))).toEqual([
      'package down a-1:1.10-1.noarch > a-1.9-1.noarch',
      'package added  > b-1.0-1.noarch',
      'package removed d-1.0-1.noarch > ',
      'module removed m:main:9:c0ffee42:noarch > ',
      'advisory removed A-1 > ',
    ]);
    expect(lines(await diff(at(1), `?from=${at(2)}`))).toEqual(
      lines(await diff(at(3), `?from=${at(2)}`)),
    );
  });

  it('compares versions of different repositories', async () => {
    const other = await driver.create();
    await rpm.completed(
      await rpm.post(`${other}modify/`, {
        add_content_units: ['a1', 'd', 'm two'].map(name => driver.units[name]),
      }),
    );
    const { body: version } = await rpm.get(`${other}versions/1/`);
    expect(lines(await diff(at(2), `?from=${version.prn}`))).toEqual([
      'package up a-1.9-1.noarch > a-1:1.10-1.noarch',
      'package added  > c-1.0-1.noarch',
      'module down m:main:10:c0ffee42:noarch > m:main:9:c0ffee42:noarch',
      'advisory added  > A-1',
    ]);
  });

  it('goes on from versions it has compared, unless they were deleted', async () => {
    const other = await driver.create();
    await driver.change(other, { add: 'a1 b' });
    await driver.change(other, { remove: 'b', add: 'd' });
    await driver.change(other, { add: 'c' });
    const version = (number: number) => `${other}versions/${number}/`;
    const linesFrom = async (number: number) =>
      lines(await diff(at(1), `?from=${version(number)}&kind=package`));
    expect(await linesFrom(1)).toEqual(['package added  > c-1.0-1.noarch']);
    expect(await linesFrom(3)).toEqual([
      'package added  > b-1.0-1.noarch',
      'package removed d-1.0-1.noarch > ',
    ]);
    await rpm.completed(await rpm.delete(version(3)));
    await rpm.completed(await rpm.delete(version(1)));
    await driver.change(other, { add: 'a2' });
    expect(await linesFrom(2)).toEqual([
      'package added  > b-1.0-1.noarch',
      'package added  > c-1.0-1.noarch',
      'package removed d-1.0-1.noarch > ',
    ]);
    expect(await linesFrom(4)).toEqual([
      'package removed a-1:1.10-1.noarch > ',
      'package added  > b-1.0-1.noarch',
      'package added  > c-1.0-1.noarch',
      'package removed d-1.0-1.noarch > ',
    ]);
  });

  it('tells what was rebuilt, and groups and advisories that are others by content', async () => {
    const other = await driver.create();
    const comps = (packages: string) => `<comps>
      <group><id>birds</id><name>Birds</name><packagelist>${packages}</packagelist></group>
      <category><id>animals</id><name>Animals</name></category>
    </comps>`;
    const upload = async (packages: string) =>
      rpm.completed(
        await postFile(rpm, 'rpm/comps/', comps(packages), {
          repository: other,
        }),
      );
    driver.know(
      await saveTestPackages(knex, {
        old: { name: 'r' },
        rebuilt: { name: 'r', pkgId: 'b'.repeat(64) },
      }),
    );
    driver.know(
      await saveTestAdvisories(knex, {
        early: { id: 'A-2', updatedDate: '2024-01-01' },
        late: { id: 'A-2', updatedDate: '2024-02-01' },
      }),
    );
    await upload('');
    await driver.change(other, { add: 'old early' });
    await upload('<packagereq>duck</packagereq>');
    await driver.change(other, { add: 'rebuilt late' });
    const version = (number: number) => `${other}versions/${number}/`;
    expect(lines(await diff(version(1)))).toEqual([
      'group added  > birds',
      'category added  > animals',
    ]);
    expect(await diff(version(4), `?from=${version(2)}`)).toMatchObject({
      counts: {
        package: { ...none, changed: 1 },
        group: { ...none, changed: 1 },
        advisory: { ...none, changed: 1 },
      },
      count: 3,
    });
    expect(
      lines(await diff(version(4), `?from=${version(2)}&change=changed`)),
    ).toEqual([
      'package changed r-1.0-1.noarch > r-1.0-1.noarch',
      'advisory changed A-2 > A-2',
      'group changed birds > birds',
    ]);
  });

  it('filters and pages', async () => {
    expect(await diff(at(2), '?kind=module,advisory')).toMatchObject({
      count: 2,
      counts: { package: { up: 1 } },
    });
    expect(lines(await diff(at(2), '?change=removed&kind=package'))).toEqual([
      'package removed b-1.0-1.noarch > ',
    ]);
    const page = await diff(at(2), '?limit=2&offset=2');
    expect(page.count).toBe(5);
    expect(page.results).toHaveLength(2);
    expect(new URL(page.next).search).toBe('?limit=2&offset=4');
    expect(page.previous).toContain('offset=0');
  });

  it.each([
    ['?kind=colour', { kind: ['0: "colour" is not a valid choice.'] }],
    ['?change=sideways', { change: ['0: "sideways" is not a valid choice.'] }],
    ['?from=x', { from: ['URI not valid: x.'] }],
    ['?ordering=name', { errors: ["Invalid Filter: 'ordering'"] }],
  ])('refuses %s', async (query, errors) => {
    const reply = await rpm.get(`${at(2)}diff/${query}`);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status: 400,
      body: errors,
    });
  });

  it('answers 404 for a version that is not there', async () => {
    expect((await rpm.get(`${at(9)}diff/`)).status).toBe(404);
    const reply = await rpm.get(`${at(2)}diff/?from=${at(9)}`);
    expect(reply.body).toEqual({
      from: [`URI ${at(9)} not found for repositoryversion.`],
    });
  });
});

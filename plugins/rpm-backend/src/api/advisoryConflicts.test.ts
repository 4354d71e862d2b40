import type { Knex } from 'knex';
import {
  createTestDatabases,
  insertTestVersion,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { advisoryPackage, uploadAdvisory } from '../testing/documents';
import { readRepository } from '../database/operations/repositories';
import { resolveUnits } from '../database/operations/content-units';
import { parseReference } from '../identifiers';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestAdvisories, testCollection } from '../testing/units';

jest.setTimeout(240_000);

const databases = createTestDatabases();

const SETTING = 'ALLOW_AUTOMATIC_UNSAFE_ADVISORY_CONFLICT_RESOLUTION';
const EARLY = { updated: '2024-01-01 00:00:00' };
const LATE = { updated: '2024-02-01 00:00:00' };
const V2 = { version: '2' };

/** An advisory as it is uploaded, about packages given as `name-version`. */
function about(packages: string, more: object = {}) {
  return {
    updated: '2024-01-15 00:00:00',
    issued: '2023-01-01 00:00:00',
    version: '1',
    pkglist: [
      { name: 'col', packages: packages.split(' ').map(advisoryPackage) },
    ],
    ...more,
  };
}

type End = 'existing' | 'incoming' | 'merged' | RegExp;

const CONTRADICTING =
  /^\[RPM0001\] Incoming and existing advisories have the same id and timestamp but different and intersecting package lists, and neither package list is a proper subset of the other\./;
const UNRELATED =
  /^\[RPM0001\] Incoming and existing advisories have the same id but different (timestamps|versions) and non-intersecting package lists\./;

/** What is there, what comes, what comes of it, and what does when conflicts may be settled unsafely. */
const TABLE: [string, object, object, End, End?][] = [
  ['equal lists', about('a-1'), about('a-1', { title: 'new' }), 'incoming'],
  ['a longer list', about('a-1'), about('a-1 b-1'), 'incoming'],
  ['a shorter list', about('a-1 b-1'), about('a-1'), 'existing'],
  [
    'partly equal lists',
    about('a-1 b-1'),
    about('b-1 c-1'),
    CONTRADICTING,
    'merged',
  ],
  ['other packages', about('a-1'), about('b-1'), 'merged'],
  ['other versions of packages', about('a-1'), about('a-2'), 'merged'],
  ['later', about('a-1 b-1', EARLY), about('b-1 c-1', LATE), 'incoming'],
  ['earlier', about('a-1 b-1', LATE), about('b-1 c-1', EARLY), 'existing'],
  [
    'later, other versions of packages',
    about('a-1', EARLY),
    about('a-2', LATE),
    'incoming',
  ],
  [
    'earlier, other versions of packages',
    about('a-1', LATE),
    about('a-2', EARLY),
    'existing',
  ],
  [
    'later, unrelated',
    about('a-1', EARLY),
    about('b-1', LATE),
    UNRELATED,
    'incoming',
  ],
  [
    'earlier, unrelated',
    about('a-1', LATE),
    about('b-1', EARLY),
    UNRELATED,
    'existing',
  ],
  ['a higher version', about('a-1 b-1'), about('b-1 c-1', V2), 'incoming'],
  ['a lower version', about('a-1 b-1', V2), about('b-1 c-1'), 'existing'],
  [
    'a higher version, other versions of packages',
    about('a-1'),
    about('a-2', V2),
    'incoming',
  ],
  [
    'a lower version, other versions of packages',
    about('a-1', V2),
    about('a-2'),
    'existing',
  ],
  [
    'a higher version, unrelated',
    about('a-1'),
    about('b-1', V2),
    UNRELATED,
    'incoming',
  ],
  [
    'a version after none',
    about('a-1', { version: '' }),
    about('a-1 b-1', { version: 'x' }),
    'incoming',
  ],
  [
    'versions part by part',
    about('a-1 b-1', { version: '1.9' }),
    about('a-1 c-1', { version: '1.10' }),
    'incoming',
  ],
  [
    'versions that do not compare',
    about('a-1 b-1', { version: '1.2' }),
    about('a-1 c-1', { version: '1.2.1' }),
    'existing',
  ],
  [
    'a date after what is none',
    about('a-1 b-1', { updated: 'soon' }),
    about('b-1 c-1', EARLY),
    'incoming',
  ],
  [
    'what is no date after one',
    about('a-1 b-1', EARLY),
    about('b-1 c-1', { updated: 'soon' }),
    'existing',
  ],
  [
    'two that have no dates',
    about('a-1', { updated: 'soon' }),
    about('b-1', { updated: 'later' }),
    'merged',
  ],
  [
    'a date in seconds, the same moment',
    about('a-1', LATE),
    about('b-1', { updated: 1706745600 }),
    'merged',
  ],
];

describe.each(
  databases.eachSupportedId().flatMap(([id]) => [
    { databaseId: id, unsafe: false },
    { databaseId: id, unsafe: true },
  ]),
)('advisories with one id, %o', ({ databaseId, unsafe }) => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({
      knex,
      config: { allowAutomaticUnsafeAdvisoryConflictResolution: unsafe },
    });
    driver = new RepositoryDriver({ rpm, knex });
  });
  afterAll(() => rpm.stop());

  async function upload(documents: Record<string, object>): Promise<void> {
    for (const [name, document] of Object.entries(documents)) {
      driver.know({ [name]: await uploadAdvisory(rpm, document) });
    }
  }

  const read = async (href: string) => (await rpm.get(href)).body;

  // What can be settled safely is, with the setting or without.
  it.each(TABLE.filter(row => row.length === (unsafe ? 5 : row.length)))(
    '%s',
    async (name, before, after, safely, unsafely = safely) => {
      const end = unsafe ? unsafely : safely;
      const id = `EX: ${name}`;
      await upload({
        existing: { id, ...before },
        incoming: { id, ...after },
      });
      const repository = await driver.create();
      await driver.change(repository, { add: 'existing' });
      const task = await rpm.finished(
        await driver.modify(repository, { add: 'incoming' }),
      );

      if (end instanceof RegExp) {
        expect(task).toMatchObject({ state: 'failed' });
        const { description } = task.error;
        expect(description).toMatch(end);
        expect(description).toContain(SETTING);
        expect(description).toMatch(new RegExp(` Advisory id: ${id}$`));
        expect(await driver.content(repository, 1)).toBe('existing');
        expect(await driver.latest(repository)).toBe(1);
        return;
      }
      expect(task).toMatchObject({ state: 'completed' });
      const [decision] = task.result.advisory_decisions;
      const both = [driver.units.existing, driver.units.incoming];
      expect(decision).toMatchObject({ id, decision: end });
      expect(
        decision.dropped.map((unit: { pulp_href: string }) => unit.pulp_href),
      ).toEqual(both.filter(href => href !== decision.kept.pulp_href));
      if (end === 'merged') {
        const merged = await read(decision.kept.pulp_href);
        const kept = await read(driver.units.existing);
        expect(merged).toMatchObject({
          id,
          updated_date: kept.updated_date,
          pkglist: [{ name: 'col' }, { name: 'col_0' }],
        });
        expect(await driver.content(repository, 2)).toBe('unnamed');
      } else {
        expect(decision.kept.pulp_href).toBe(driver.units[end]);
        const latest = end === 'existing' ? 1 : 2;
        expect(await driver.latest(repository)).toBe(latest);
        expect(await driver.content(repository, latest)).toBe(end);
      }
    },
  );

  if (unsafe) return;

  it('merges collections apart, each with a name of its own', async () => {
    const packages = (text: string) => text.split(' ').map(advisoryPackage);
    await upload({
      first: {
        id: 'EX-merge',
        ...about(''),
        title: 'First',
        references: [{ href: 'https://bugs.example/1' }],
        pkglist: [
          { name: 'col', packages: packages('a-1') },
          { name: 'empty', packages: [] },
          { name: 'col_3', packages: packages('a-2') },
        ],
      },
      second: {
        id: 'EX-merge',
        ...about(''),
        title: 'Second',
        pkglist: [
          { name: 'col', packages: packages('b-1') },
          { name: 'collection', packages: packages('b-2') },
          { name: 'other', packages: packages('b-3') },
        ],
      },
    });
    const repository = await driver.create();
    await driver.change(repository, { add: 'first' });
    const { result } = await driver.change(repository, { add: 'second' });
    const merged = await read(result.advisory_decisions[0].kept.pulp_href);
    expect(merged).toMatchObject({
      title: 'First',
      references: [{ href: 'https://bugs.example/1' }],
    });
    expect(
      merged.pkglist.map((each: any) => [each.name, each.packages[0].name]),
    ).toEqual([
      ['col', 'a'],
      ['col_3', 'a'],
      ['col_4', 'b'],
      ['collection_0', 'b'],
      ['other', 'b'],
    ]);

    // The same two make the same one, which is used again.
    const again = await driver.create();
    await driver.change(again, { add: 'first' });
    const { result: second } = await driver.change(again, { add: 'second' });
    expect(second.advisory_decisions[0].kept).toEqual(
      result.advisory_decisions[0].kept,
    );
  });

  it('folds several that come together the same way in any order', async () => {
    const id = 'EX-fold';
    await upload({
      old: { id, ...about('a-1', EARLY) },
      x: { id, ...about('a-1 b-1', LATE) },
      y: { id, ...about('a-1 c-1', { updated: '2024-03-01' }) },
      z: { id, ...about('d-1', { updated: '2024-03-01T00:00Z' }) },
    });
    const ends = new Set<string>();
    for (const add of ['x y z', 'x z y', 'y x z', 'y z x', 'z x y', 'z y x']) {
      const repository = await driver.create();
      await driver.change(repository, { add: 'old' });
      const { result } = await driver.change(repository, { add });
      expect(result.advisory_decision_count).toBe(1);
      const [{ decision, kept, dropped }] = result.advisory_decisions;
      expect(decision).toBe('merged');
      expect(dropped).toHaveLength(4);
      ends.add(kept.pulp_href);
      expect(
        await driver.counts(`${repository}versions/2/`, 'rpm.advisory'),
      ).toBe('1 / 1 / 1');
    }
    expect(ends.size).toBe(1);
    const [href] = ends;
    expect((await read(href)).pkglist).toHaveLength(2);
  });

  it('settles several in a repository that had none', async () => {
    const id = 'EX-none';
    await upload({
      early: { id, ...about('a-1', EARLY) },
      late: { id, ...about('a-1', LATE) },
    });
    const repository = await driver.create();
    const { result } = await driver.change(repository, { add: 'late early' });
    expect(await driver.content(repository, 1)).toBe('late');
    expect(result.advisory_decisions).toEqual([
      {
        id,
        decision: 'incoming',
        kept: { pulp_href: driver.units.late, label: id },
        dropped: [{ pulp_href: driver.units.early, label: id }],
      },
    ]);
  });

  it('takes the incoming one where several are there by an old fault', async () => {
    const id = 'EX-legacy';
    await upload({
      one: { id, ...about('a-1', LATE) },
      two: { id, ...about('b-1', LATE) },
      three: { id, ...about('c-1', EARLY) },
      another: { id: 'EX-another', ...about('c-1') },
    });
    const href = await driver.create();
    const reference = parseReference(href) as { uuid: string };
    const repository = await readRepository(knex, reference.uuid);
    const { ids } = await resolveUnits(knex, [
      driver.units.one,
      driver.units.two,
    ]);
    await insertTestVersion(knex, repository!.id, { add: ids });
    // Nothing comes in with their id, so nothing is settled.
    await driver.change(href, { add: 'another' });
    expect(await driver.content(href, 2)).toBe('another one two');
    await driver.change(href, { add: 'three' });
    expect(await driver.content(href, 3)).toBe('another three');
  });

  it('orders advisories without any date as a sync brings them', async () => {
    const id = 'EX-undated';
    const pkglist = [testCollection('col', 'a-1')];
    driver.know(
      await saveTestAdvisories(knex, {
        undated: { id, pkglist },
        issued: { id, issuedDate: '2020-01-01', pkglist },
        updated: { id, updatedDate: '2021-01-01', pkglist },
      }),
    );
    for (const add of ['undated', 'issued', 'updated']) {
      const repository = await driver.create();
      await driver.change(repository, { add: 'issued' });
      await driver.change(repository, { add });
      const { result } = await driver.change(repository, { add: 'undated' });
      const latest = await driver.latest(repository);
      expect(await driver.content(repository, latest)).toBe(
        add === 'updated' ? 'updated' : 'issued',
      );
      expect(result.outcome).toBe('unchanged');
    }
  });
});
